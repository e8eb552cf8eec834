# What ActiveRecord says: its start, its reading of the schema, a migration, the usual queries.
require 'active_record'

def connect(purpose)
  ActiveRecord::Base.establish_connection(
    adapter: 'postgresql', host: ENV['PGHOST'], port: ENV['PGPORT'], username: ENV['PGUSER'], password: ENV['PGPASSWORD'],
    database: ENV['PGDATABASE'], schema_search_path: 'public', pool: 1, variables: { application_name: "activerecord|#{purpose}", statement_timeout: 5000 }
  )
  ActiveRecord::Base.connection
end

# A name set by a statement of its own holds only from then on, so the environment says it too.
ENV['PGAPPNAME'] = 'activerecord|start'
c = connect('start')
ENV['PGAPPNAME'] = 'activerecord|schema'
c = connect('schema')
c.tables; c.views; c.data_sources; c.schema_names; c.current_schema; c.current_database; c.encoding; c.collation; c.ctype
c.extensions rescue nil
c.extension_enabled?('hstore'); c.client_min_messages; c.schema_search_path; c.database_version; c.max_identifier_length
c.schema_exists?('back_office'); c.enum_types rescue nil
%w[customer account card transaction back_office.note part].each do |t|
  c.columns(t); c.indexes(t); c.primary_keys(t); c.pk_and_sequence_for(t); c.foreign_keys(t); c.table_exists?(t); c.table_comment(t)
  c.check_constraints(t) rescue nil
  c.index_name_exists?(t, 'x'); c.column_exists?(t, 'id')
  c.reset_pk_sequence!(t) rescue nil
end
ENV['PGAPPNAME'] = 'activerecord|schema dump'
connect('schema dump')
require 'stringio'
ActiveRecord::SchemaDumper.dump(ActiveRecord::Base.connection, StringIO.new) rescue nil
ENV['PGAPPNAME'] = 'activerecord|migration'
c = connect('migration')
c.create_table(:books, force: :cascade) { |t| t.string :title, null: false, limit: 40; t.jsonb :doc, default: {}; t.text :tags, array: true; t.timestamps; t.index :title, unique: true }
c.create_table(:pages) { |t| t.references :book, foreign_key: { on_delete: :cascade }; t.text :text }
c.add_column :books, :price, :decimal, precision: 10, scale: 2, comment: 'p'
c.change_column :books, :title, :text
c.change_column_null :books, :price, false, 0
c.rename_column :books, :price, :cost
c.add_index :books, [:cost, :title], algorithm: :concurrently, where: 'cost > 0'
c.add_check_constraint :books, 'cost >= 0', name: 'cost_positive' rescue nil
c.remove_column :books, :tags
ActiveRecord::SchemaMigration.create_table rescue nil
ActiveRecord::Base.connection.with_advisory_lock(1) {} rescue nil
c.get_advisory_lock(1); c.release_advisory_lock(1)
ENV['PGAPPNAME'] = 'activerecord|queries'
connect('queries')
class Book < ActiveRecord::Base; has_many :pages; end
class Page < ActiveRecord::Base; belongs_to :book, optional: true; end
b = Book.create!(title: 'one', cost: 1)
Book.insert_all([{ title: 'two', cost: 2, created_at: Time.now, updated_at: Time.now }]) rescue nil
Book.upsert_all([{ title: 'two', cost: 3, created_at: Time.now, updated_at: Time.now }], unique_by: :title) rescue nil
b.pages.create!(text: 'p')
Book.where(title: %w[one two]).or(Book.where('cost > ?', 1)).order(title: :desc).limit(5).offset(1).to_a
Book.joins(:pages).left_joins(:pages).where(pages: { text: 'p' }).distinct.to_a
Book.includes(:pages).references(:pages).to_a
Book.preload(:pages).to_a
Book.group(:title).having('count(*) > 0').count
Book.maximum(:cost); Book.average(:cost); Book.sum(:cost); Book.exists?(title: 'z'); Book.pluck(:id, :title); Book.first; Book.last; Book.find_by(title: 'one')
Book.find_each(batch_size: 1) { |x| x }
Book.transaction { b.lock!; b.update!(title: 'uno'); Book.transaction(requires_new: true) { b.touch } }
Book.transaction(isolation: :serializable) { Book.count }
Book.where(id: b.id).update_all('cost = cost + 1')
Book.find_or_create_by!(title: 'three') { |x| x.cost = 0 }
Book.connection.explain(Book.all.arel) rescue nil
Book.where(id: b.id).lock('FOR UPDATE SKIP LOCKED').to_a
b.destroy
Book.where(cost: 1..2).delete_all
Book.connection.execute('select 1')
Book.connection.exec_query('select $1::int', 'x', [1]) rescue nil
Book.connection.disable_referential_integrity {} rescue nil
c = Book.connection
c.truncate(:pages) rescue nil
c.drop_table :pages
c.drop_table :books
c.execute('drop table if exists schema_migrations, ar_internal_metadata')
