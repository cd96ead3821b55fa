"""The database: tables, migrations, and the questions we ask them. Speaks SQLAlchemy."""
