"""What Django says: its start, migrate, inspectdb, the ORM, a cursor of the server."""

import os
import sys
import tempfile

os.chdir(tempfile.mkdtemp())
import django
from django.conf import settings

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "django",
            "OPTIONS": {"application_name": "django|migrate"},
        }
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.admin", "django.contrib.messages", "django.contrib.postgres"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    SECRET_KEY="of no use",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages", "django.template.context_processors.request"]}}],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware"],
)
import psycopg

with psycopg.connect(application_name="prepare", autocommit=True) as c:
    c.execute("drop database if exists django")
    c.execute("create database django")
django.setup()
from django.core.management import call_command
from django.db import connection, models, transaction

call_command("migrate", verbosity=0)
call_command("migrate", verbosity=0)


def purpose(name, database="django"):
    connection.close()
    connection.settings_dict["OPTIONS"]["application_name"] = f"django|{name}"
    connection.settings_dict["NAME"] = database


purpose("inspectdb", os.environ["PGDATABASE"])
call_command("inspectdb", stdout=open(os.devnull, "w"), include_views=True, include_partitions=True)
for table in ("customer", "account", "card"):
    call_command("inspectdb", table, stdout=open(os.devnull, "w"))
purpose("introspection", os.environ["PGDATABASE"])
with connection.cursor() as cursor:
    for table in ("customer", "account"):
        connection.introspection.get_constraints(cursor, table)
        connection.introspection.get_relations(cursor, table)
        connection.introspection.get_sequences(cursor, table)
purpose("ORM")
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.backends.db import SessionStore

user = User.objects.create_user("ada", "ada@x", "password")
User.objects.bulk_create([User(username=f"u{n}") for n in range(3)], ignore_conflicts=True)
User.objects.filter(username__icontains="a", date_joined__year=2025).exclude(email="").order_by("-id")[:5].count()
list(User.objects.filter(groups__name="x").select_related().distinct())
list(User.objects.prefetch_related("groups", "user_permissions").all())
list(User.objects.annotate(n=models.Count("groups")).filter(n__gt=0).values("username", "n"))
list(Permission.objects.select_related("content_type").filter(codename__startswith="add_"))
User.objects.aggregate(models.Max("id"), models.Avg("id"))
User.objects.filter(pk=user.pk).update(first_name=models.functions.Upper("username"), last_name=models.F("username"))
User.objects.filter(models.Q(username="a") | ~models.Q(email__endswith="x"), id__in=[1, 2]).exists()
User.objects.update_or_create(username="b", defaults={"email": "b@x"})
Group.objects.get_or_create(name="g")
user.groups.add(Group.objects.first())
user.refresh_from_db()
list(User.objects.dates("date_joined", "month"))
list(User.objects.values("is_staff").annotate(n=models.Count("*")).union(User.objects.values("is_staff").annotate(n=models.Value(1))))
with transaction.atomic():
    list(User.objects.select_for_update(skip_locked=True).filter(id=user.id))
    with transaction.atomic():
        user.save()
for _ in User.objects.all().iterator(chunk_size=2):
    pass
User.objects.in_bulk([1, 2])
list(User.objects.annotate(last=models.Subquery(Group.objects.filter(user=models.OuterRef("pk")).values("name")[:1])))
list(User.objects.annotate(r=models.Window(models.functions.RowNumber(), order_by="id")))
store = SessionStore()
store["a"] = 1
store.save()
store.exists(store.session_key)
store.delete()
User.objects.bulk_update(User.objects.all()[:2], ["email"])
user.has_perm("auth.add_user")
user.delete()
purpose("admin")
from django.contrib.auth import get_user_model
from django.contrib.admin.models import LogEntry

get_user_model().objects.create_superuser("root", "r@x", "password")
list(LogEntry.objects.select_related("content_type", "user")[:10])
call_command("flush", interactive=False, verbosity=0)
call_command("sqlsequencereset", "auth", stdout=open(os.devnull, "w"))
call_command("clearsessions")
connection.close()
with psycopg.connect(application_name="prepare", autocommit=True) as c:
    c.execute("drop database django with (force)")
