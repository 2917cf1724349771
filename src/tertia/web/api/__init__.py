"""The API put together: what each app brings, and every action that a person may do as an operation of its own."""
