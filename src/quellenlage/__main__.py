"""`python -m quellenlage` does what the command `quellenlage` does."""

from quellenlage.cli import main

if __name__ == "__main__":
    main()
