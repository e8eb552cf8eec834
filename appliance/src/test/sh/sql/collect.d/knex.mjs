// What knex says: builder, schema builder, migrations.
import fs from 'node:fs';
import knex from 'knex';

const ssl = { ca: fs.readFileSync(process.env.PGSSLROOTCERT, 'utf8') };
delete process.env.PGSSLMODE;
const open = (purpose) => knex({ client: 'pg', connection: { ssl, application_name: `knex|${purpose}` }, pool: { min: 0, max: 1 } });
let db = open('builder');
await db('customer').select('id', 'name').where({ id: 1 }).orWhere('name', 'like', 'A%').orderBy('name', 'desc').limit(5).offset(1);
await db('customer as c').join('account as a', 'a.customer_id', 'c.id').leftJoin('card as k', 'k.account_id', 'a.id').count('* as n').groupBy('c.name').having(db.raw('count(*)'), '>', 1);
await db('account').whereIn('id', [1, 2]).whereBetween('balance', [0, 10]).whereNull('iban').first();
await db.with('t', db('account').sum('balance as s').groupBy('customer_id')).select('*').from('t');
await db('account').max('balance').avg('balance');
await db.select(db.raw('?::int + ??', [1, 'id'])).from('account').whereExists(db('card').whereRaw('card.account_id = account.id'));
await db.transaction(async (t) => {
  await t('transaction').insert([{ account_id: 1, amount: 1, booked: new Date(), purpose: 'x' }, { account_id: 2, amount: 2, booked: new Date(), purpose: 'y' }]).returning('id');
  await t('account').where('id', 1).increment('balance', 5).returning(['id', 'balance']);
  await t('customer').insert({ id: 1, name: 'x', ssn: 'x', email: 'x', born: '2000-01-01' }).onConflict('id').merge(['name']);
  await t('account').where('id', 1).forUpdate().select();
  await t.transaction(async (u) => u('card').where('id', 1).del());
  await t.rollback();
}).catch(() => {});
await db.destroy();
db = open('schema');
await db.schema.hasTable('x1');
await db.schema.hasColumn('customer', 'name');
await db.schema.createTable('x1', (t) => { t.increments(); t.string('a', 20).notNullable().unique(); t.jsonb('doc').defaultTo('{}'); t.timestamps(true, true); t.bigInteger('c').references('id').inTable('customer').onDelete('CASCADE'); t.enu('e', ['p', 'q']); t.index(['a', 'e']); t.uuid('u'); t.specificType('tags', 'text[]').comment('c'); });
await db.schema.alterTable('x1', (t) => { t.text('b'); t.dropColumn('e'); t.renameColumn('a', 'z'); });
await db('x1').columnInfo();
await db.schema.renameTable('x1', 'x2').dropTableIfExists('x2');
await db.destroy();
fs.mkdirSync('migrations', { recursive: true });
fs.writeFileSync('migrations/1_x.mjs', 'export const up = (k) => k.schema.createTable("m1", (t) => t.increments());\nexport const down = (k) => k.schema.dropTable("m1");\n');
db = open('migrations');
await db.migrate.latest({ loadExtensions: ['.mjs'] });
await db.migrate.rollback({ loadExtensions: ['.mjs'] });
await db.schema.dropTable('knex_migrations').dropTable('knex_migrations_lock');
await db.destroy();
