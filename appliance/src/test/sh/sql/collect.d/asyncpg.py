"""What asyncpg says: its introspection of types, its cursors, its copying, its reset."""

import asyncio

import asyncpg


async def connect(purpose, **options):
    import os, ssl

    context = ssl.create_default_context(cafile=os.environ["PGSSLROOTCERT"])
    return await asyncpg.connect(ssl=context, server_settings={"application_name": f"asyncpg|{purpose}"}, **options)


async def main():
    c = await connect("introspection")
    for value in ("'ok'::mood", "row('a', 'b')::address", "'[1,2]'::span", "1::positive", "array['sad'::mood]", "null::back_office.note", "array[row('a','b')::address]"):
        await c.fetchval(f"select {value}")
    await c.close()
    c = await connect("codecs")
    await c.set_type_codec("json", encoder=str, decoder=str, schema="pg_catalog")
    await c.set_type_codec("mood", encoder=str, decoder=str)
    await c.fetchval("select $1::jsonb", '{"a":1}')
    await c.close()
    c = await connect("cursors and transactions")
    async with c.transaction(isolation="serializable", readonly=True, deferrable=True):
        async for _ in c.cursor("select id from customer where id < $1", 100, prefetch=10):
            pass
        async with c.transaction():
            cursor = await c.cursor("select id from customer")
            await cursor.forward(5)
            await cursor.fetch(5)
    async with c.transaction(isolation="repeatable_read"):
        pass
    await c.executemany("update account set balance = $1 where id = $2", [(1, 1), (2, 2)])
    await c.execute("select 1; select 2")
    await c.reset()
    await c.close()
    c = await connect("COPY")
    import io

    await c.copy_from_query("select id, name from customer where id < $1", 10, output=io.BytesIO())
    await c.copy_from_table("customer", columns=["id", "name"], output=io.BytesIO(), format="csv", header=True)
    await c.execute("create temp table copied (a int, b text)")
    await c.copy_records_to_table("copied", records=[(1, "x")], columns=["a", "b"])
    await c.copy_to_table("copied", source=io.BytesIO(b"1,x\n"), format="csv")
    await c.close()
    c = await connect("listening")
    await c.add_listener("news", lambda *_: None)
    await c.remove_listener("news", lambda *_: None)
    await c.reload_schema_state()
    await c.close()
    async with asyncpg.create_pool(min_size=1, max_size=1, server_settings={"application_name": "asyncpg|pool"}) as pool:
        async with pool.acquire() as c:
            await c.fetch("select 1")


asyncio.run(main())
