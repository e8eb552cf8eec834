"""What pgcli asks to complete names, and for its own describing commands."""

import sys

import os

from pgcli.pgexecute import PGExecute
from pgspecial.main import PGSpecial

e = os.environ
execute = PGExecute(e["PGDATABASE"], e["PGUSER"], e["PGPASSWORD"], e["PGHOST"], e["PGPORT"], application_name="pgcli|completion")
for asked in (execute.search_path, execute.schemata, execute.tables, execute.views, execute.table_columns, execute.view_columns,
              execute.databases, execute.full_databases, execute.foreignkeys, execute.functions, execute.datatypes, execute.casing):
    got = asked()
    if hasattr(got, "__iter__"):
        list(got)
execute.view_definition("rich")
execute.function_definition("add_up")
special = PGSpecial()
execute = PGExecute(e["PGDATABASE"], e["PGUSER"], e["PGPASSWORD"], e["PGHOST"], e["PGPORT"], application_name="pgcli|special commands")
for line in ("\\d", "\\d customer", "\\d+ back_office.note", "\\dt", "\\dt+", "\\dv", "\\dm", "\\ds", "\\di", "\\df", "\\dn", "\\du", "\\l", "\\dx", "\\dT", "\\db",
             "\\dD", "\\ddp", "\\dp", "\\dF", "\\dE", "\\sf add_up", "\\ef add_up", "\\ev rich", "\\h", "\\d rich", "\\d part", "\\d far"):
    try:
        for title, rows, *_ in execute.run(line, pgspecial=special):
            list(rows or [])
    except Exception as problem:  # the next one is still worth asking
        print(line, problem, file=sys.stderr)
