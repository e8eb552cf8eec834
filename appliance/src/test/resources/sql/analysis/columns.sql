-- Ways to read a column without saying so plainly, one a line, against the evasions' fixture.
select ssn from customers
select c.ssn from hr.customers c
select hr.customers.ssn from hr.customers
select corp.hr.customers.ssn from corp.hr.customers
select * from customers
select c.* from customers c, orders o
select customers.* from hr.customers
select hr.customers.* from hr.customers
table customers
table only customers
select customers from customers
select c from customers c
select (c).ssn from customers c
select (c).* from customers c
select ssn(c) from customers c
select c.ssn from customers as c(a, ssn, b)
select x from (select c from customers c) as d(x)
select (x).ssn from (select c as x from customers c) d
select row_to_json(c) from customers c
select to_jsonb(customers) from customers
select count(c) from customers c
select array_agg(c) from customers c
select c::text from customers c
select j.ssn from (customers c join orders o on o.customer_id = c.id) as j
select j.* from (customers c join orders o on o.customer_id = c.id) as j
select j from (customers c join orders o on o.customer_id = c.id) as j
select j.ssn from (customers c join orders o on o.customer_id = c.id) as j where exists (select 1 from orders j)
select j.b from (customers c cross join orders o) as j(a, n, b) where exists (select from orders j)
select * from customers natural join orders
select 1 from customers c natural join pub.customers p
select id from customers join pub.customers using (ssn)
select u.ssn from customers c join pub.customers p using (ssn) as u
select u from customers c join pub.customers p using (ssn) as u
select 1 from customers c where exists (select 1 from orders o where o.customer_id = length(c.ssn))
select 1 from orders o where o.amount > all (select salary from customers)
select (select ssn from customers limit 1)
select array(select ssn from customers)
select 1 from orders where (id, 'x') in (select id, ssn from customers)
select l.x from orders o, lateral (select c.ssn as x from customers c where c.id = o.customer_id) l
select 1 from orders o left join customers c on c.ssn = 'x'
select 1 from customers order by ssn
select 1 from customers group by ssn
select count(*) from customers having max(ssn) > 'a'
select distinct on (ssn) 1 from customers
select rank() over (order by ssn) from customers
select sum(salary) over w from customers window w as (partition by ssn)
select count(*) filter (where ssn > 'a') from customers
select percentile_disc(0.5) within group (order by salary) from customers
select string_agg(name, ',' order by ssn) from customers
select 1 from orders union select salary from customers
select 1 from orders union all (select 2 from orders except select salary from customers)
(with customers as (select 1 as ssn) select ssn from customers) union all select length(ssn) from customers
with customers as (select ssn from customers) select ssn from customers
with x as (with customers as (select 1) table customers) select ssn from customers
with recursive customers as (select 1 as ssn union all select ssn + 1 from customers where ssn < 3) select ssn from customers
with x as (select * from customers) select id from x
with x(a, b, c) as (select id, name, ssn from customers) select c from x
select 1 from (values (1)) v where v.column1 = (select max(salary) from customers)
select coalesce(ssn, name) from customers
select nullif(ssn, 'x') from customers
select greatest(ssn, name) from customers
select case when ssn = 'x' then 1 end from customers
select case ssn when 'x' then 1 end from customers
select (array[ssn])[1] from customers
select row(ssn, 1) from customers
select row(c.*) from customers c
select doc->>'ssn' from customers
select doc['ssn'] from customers
select jt.x from customers, json_table(doc, '$' columns (x text path '$.ssn')) jt
select x.* from customers, jsonb_each_text(doc) x
select x from customers, jsonb_each_text(to_jsonb(customers)) x
select xmlforest(ssn) from customers
select json_object('a': ssn) from customers
select json_arrayagg(ssn) from customers
select extract(epoch from salary * interval '1 day') from customers
select ssn collate "C" from customers
select ssn is null from customers
select ssn is distinct from 'a' from customers
select 1 from customers where ssn between 'a' and 'b'
select 1 from customers where 'a' not between ssn and name
select 1 from customers where ssn like 'a%' escape '!'
select 1 from customers where ssn similar to 'a'
select 1 from customers limit (select max(salary) from customers)
select 1 from orders offset (select count(ssn) from customers)
select 1 from orders tablesample system ((select count(ssn) from customers))
select generate_series(1, salary) from customers
select * from generate_series(1, (select max(salary) from customers)) g
select v.note from v_old v
select v from v_old v
select ssn from part
select ssn from part_p1
select p.* from part p
select id from customers for update
select id from orders o join customers c using (id) for update of o
insert into orders select id, salary, 1 from customers
insert into orders values (1, (select max(salary) from customers), 1)
insert into customers as c (id, name, ssn, salary, email, doc) values (1, '', '', 1, '', '{}') on conflict (id) do update set name = c.ssn
insert into customers values (1, '', '', 1, '', '{}') on conflict (email) do update set name = excluded.ssn where customers.salary > 1
insert into customers values (1, '', '', 1, '', '{}') returning ssn
insert into customers values (1, '', '', 1, '', '{}') returning *
insert into customers values (1, '', '', 1, '', '{}') returning new.*
update customers set name = ssn
update customers set name = '' returning old.ssn
update customers set name = '' returning old.*
update customers set name = '' returning old
update customers set name = '' returning to_jsonb(new)
update customers set name = '' returning with (old as o, new as n) o.*
update customers set name = '' returning with (old as o, new as n) n
update customers c set name = '' where c.ssn = 'x'
update customers set (name, email) = (select ssn, ssn from customers limit 1)
update orders set amount = c.salary from customers c where c.id = customer_id
update orders o set amount = 1 from (customers c cross join pub.customers p) as j where j.ssn = 'x'
delete from customers where ssn = 'x'
delete from customers returning old
delete from orders using customers c where c.ssn = 'x'
delete from orders returning (select max(ssn) from customers)
with d as (delete from customers returning *) select 1 from d
with customers as (select 1 as id) delete from customers where ssn = 'x'
merge into orders o using customers c on o.customer_id = c.id when matched then update set amount = c.salary
merge into orders o using customers c on o.customer_id = c.id when matched and c.ssn = 'x' then delete
merge into orders o using customers c on o.customer_id = c.id when matched then delete returning c.*
merge into orders o using customers c on o.customer_id = c.id when not matched then insert values (c.id, c.salary, 1)
merge into orders o using (select ssn from customers) c on true when not matched by source then delete when matched then do nothing
