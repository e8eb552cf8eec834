"""What SQLAlchemy says: its start, its reflection, its ORM, its DDL; pandas and alembic on top."""

import os
import sys

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects.postgresql import insert

for driver in ("psycopg", "psycopg2"):
    def engine(purpose, **options):
        name = f"sqlalchemy|{purpose}"
        return sa.create_engine(f"postgresql+{driver}://", connect_args={"application_name": name}, **options)

    with engine("start").connect() as c:
        c.execute(sa.text("select 1"))
    look = sa.inspect(engine("reflection"))
    look.get_schema_names()
    for schema in (None, "back_office"):
        look.get_table_names(schema), look.get_view_names(schema), look.get_materialized_view_names(schema)
        look.get_temp_table_names(), look.get_sequence_names(schema), look.get_enums(schema), look.get_domains(schema)
        look.get_multi_columns(schema), look.get_multi_pk_constraint(schema), look.get_multi_foreign_keys(schema)
        look.get_multi_indexes(schema), look.get_multi_unique_constraints(schema), look.get_multi_check_constraints(schema)
        look.get_multi_table_comment(schema)
        look.has_sequence("ticket", schema), look.has_schema("back_office")
    for table in ("customer", "account"):
        look.has_table(table), look.get_columns(table), look.get_pk_constraint(table), look.get_foreign_keys(table)
        look.get_indexes(table), look.get_unique_constraints(table), look.get_table_comment(table), look.get_table_oid(table)
        look.has_index(table, "x")
    look.get_view_definition("rich")
    meta = sa.MetaData()
    meta.reflect(engine("reflection of all"), views=True)
    customer, account = meta.tables["customer"], meta.tables["account"]

    with engine("core").connect() as c:
        c.execute(sa.select(customer).where(customer.c.id.in_([1, 2, 3])).order_by(customer.c.name.desc()).limit(5).offset(1))
        c.execute(sa.select(sa.func.count(), sa.func.max(account.c.balance)).select_from(customer.join(account, customer.c.id == account.c.customer_id)).group_by(customer.c.name).having(sa.func.count() > 1))
        recent = sa.select(account.c.customer_id, sa.func.sum(account.c.balance).label("total")).group_by(account.c.customer_id).cte("recent")
        c.execute(sa.select(customer.c.name, recent.c.total).join(recent, recent.c.customer_id == customer.c.id).where(recent.c.total.between(1, 10**6)))
        c.execute(sa.select(sa.exists().where(account.c.balance < 0), sa.cast(1, sa.String), sa.case((sa.true(), 1), else_=0), sa.extract("year", sa.func.now())))
        c.execute(sa.select(account.c.id, sa.func.row_number().over(partition_by=account.c.customer_id, order_by=account.c.balance)))
        c.execute(sa.union_all(sa.select(customer.c.id), sa.select(account.c.id)))
        c.execute(sa.select(customer).with_for_update(skip_locked=True).limit(1))
        row = {"id": 900, "name": "N", "ssn": "900", "email": "n@x", "born": "2000-01-01"}
        c.execute(customer.insert().returning(customer.c.id), row)
        c.execute(insert(customer).values(row).on_conflict_do_update(index_elements=["id"], set_={"name": "M"}))
        c.execute(insert(customer).values([row, {**row, "id": 901, "ssn": "901"}]).on_conflict_do_nothing())
        c.execute(customer.update().where(customer.c.id == 900).values(name=customer.c.name + "!"))
        c.execute(customer.delete().where(customer.c.id >= 900))
        with c.begin_nested():
            c.execute(sa.text("select :a"), {"a": "x"})
        c.rollback()
        with c.execution_options(stream_results=True, yield_per=10).execute(sa.select(customer)) as rows:
            rows.fetchmany(3)
        c.rollback()
    with engine("isolation", isolation_level="REPEATABLE READ").connect() as c:
        c.execute(sa.text("select 1"))
    with engine("autocommit", isolation_level="AUTOCOMMIT").connect() as c:
        c.execute(sa.text("select 1"))
    with engine("pre ping", pool_pre_ping=True).connect() as c:
        c.execute(sa.text("select 1"))
    base = orm.declarative_base()

    class Book(base):
        __tablename__ = "book"
        id = sa.Column(sa.Integer, primary_key=True)
        title = sa.Column(sa.String(50), nullable=False, index=True, comment="t")
        kind = sa.Column(sa.Enum("a", "b", name="kind"))
        tags = sa.Column(sa.ARRAY(sa.Text))
        doc = sa.Column(sa.JSON)
        pages = orm.relationship("Page")

    class Page(base):
        __tablename__ = "page"
        id = sa.Column(sa.BigInteger, primary_key=True)
        book_id = sa.Column(sa.ForeignKey("book.id", ondelete="CASCADE"))
        text = sa.Column(sa.Text, server_default="")

    e = engine("ORM")
    base.metadata.create_all(e)
    with orm.Session(e) as s:
        s.add(Book(title="one", kind="a", tags=["x"], doc={"a": 1}, pages=[Page(text="p"), Page()]))
        s.add_all(Book(title=str(n)) for n in range(3))
        s.commit()
        s.query(Book).filter(Book.title.ilike("%o%"), Book.pages.any(Page.text == "p")).all()
        s.query(Book).options(orm.joinedload(Book.pages), ).order_by(Book.id).limit(2).all()
        s.query(Book).options(orm.selectinload(Book.pages)).all()
        book = s.get(Book, 1)
        book.title = "two"
        s.flush()
        s.refresh(book)
        s.delete(book)
        s.rollback()
    base.metadata.drop_all(e)
try:
    import pandas

    e = sa.create_engine("postgresql+psycopg2://", connect_args={"application_name": "sqlalchemy|pandas"})
    pandas.read_sql_table("customer", e)
    pandas.read_sql_query("select * from account", e, chunksize=None)
    pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}).to_sql("frame", e, if_exists="replace")
    pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}).to_sql("frame", e, if_exists="append", method="multi")
    with e.begin() as c:
        c.execute(sa.text("drop table frame"))
except ImportError:
    print("no pandas", file=sys.stderr)
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

e = sa.create_engine("postgresql+psycopg2://", connect_args={"application_name": "sqlalchemy|alembic"})
with e.connect() as c:
    context = MigrationContext.configure(c, opts={"compare_type": True, "compare_server_default": True})
    context._ensure_version_table()
    compare_metadata(context, sa.MetaData())
    op = Operations(context)
    op.create_table("moved", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.String(10)))
    op.add_column("moved", sa.Column("b", sa.Integer, server_default="1"))
    op.alter_column("moved", "a", type_=sa.Text, nullable=False, existing_type=sa.String(10))
    op.create_index("moved_a", "moved", ["a"], unique=True, postgresql_where=sa.text("b > 0"))
    op.create_check_constraint("moved_b", "moved", "b > 0")
    op.drop_constraint("moved_b", "moved")
    op.drop_index("moved_a", "moved")
    op.drop_column("moved", "b")
    op.rename_table("moved", "gone")
    op.drop_table("gone")
    c.rollback()
