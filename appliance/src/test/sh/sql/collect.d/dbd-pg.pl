# What DBD::Pg says: its metadata, prepared statements, copying.
use strict;
use warnings;
use DBI;

sub connected {
  my ($purpose) = @_;
  $ENV{PGAPPNAME} = "dbd-pg|$purpose";
  return DBI->connect("dbi:Pg:", undef, undef, { RaiseError => 0, PrintError => 1, AutoCommit => 1 });
}
my $c = connected('metadata');
$c->ping;
for my $rows ($c->table_info('', '%', '%', 'TABLE'), $c->table_info('', 'public', 'customer', undef), $c->table_info('%', '', ''), $c->table_info('', '%', ''),
    $c->column_info('', 'public', 'customer', '%'), $c->primary_key_info('', 'public', 'customer'), $c->statistics_info(undef, 'public', 'account', 0, 1),
    $c->foreign_key_info(undef, undef, 'customer', undef, undef, 'account')) {
  $rows->fetchall_arrayref if $rows;
}
$c->tables('', 'public', '%', 'TABLE');
$c->primary_key('', 'public', 'account');
$c->type_info_all;
$c->disconnect;
$c = connected('statements');
$c->begin_work;
my $s = $c->prepare('select name from customer where id = ? and name <> ?');
$s->execute($_, 'x'), $s->fetchall_arrayref for 1 .. 3;
$s = $c->prepare('select name from customer where id = $1', { pg_server_prepare => 1 });
$s->execute(1);
$s->fetchrow_array;
$c->do('insert into transaction (account_id, amount, booked, purpose) values (?, ?, now(), ?)', undef, 1, 2, "it's");
$c->last_insert_id(undef, 'public', 'transaction', undef);
$c->pg_savepoint('one');
$c->pg_rollback_to('one');
$c->pg_release('one');
$c->rollback;
$c->do('select ' . $c->quote("it's \\ x") . ' as ' . $c->quote_identifier('a"b'));
$c->do('copy customer (id) to stdout');
my $line;
1 while $c->pg_getcopydata(\$line) >= 0;
$c->do('listen news');
$c->pg_notifies;
$c->disconnect;
