"""Sign-in of institutions: a university's own OpenID Connect or SAML server, and ORCID, say who somebody is."""
