from tertia.cli import main

raise SystemExit(main())
