"""`python -m akson_tui.sandbox`: the journal API with invented people."""

import sys

from akson_tui.sandbox.serve import main

if __name__ == "__main__":
    sys.exit(main())
