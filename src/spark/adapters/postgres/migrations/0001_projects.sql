-- Projects, with what lists show of them and what searches look through.

create table projects (
    project_id uuid primary key,
    document jsonb not null,
    -- What follows is made from the document by who writes it. `json` keeps what `jsonb` cannot.
    summary json not null,
    version bigint not null,
    status text not null,
    name text collate "C" not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- When it was put into the trash.
    deleted_at timestamptz,
    -- Why the document is no project; in no list then.
    damage text,
    -- Whether the columns say what the document says: not where somebody else wrote it.
    examined boolean not null
);

create index projects_created on projects (created_at, project_id)
    where deleted_at is null and damage is null;
create index projects_updated on projects (updated_at, created_at, project_id)
    where deleted_at is null and damage is null;
create index projects_named on projects (name, created_at, project_id)
    where deleted_at is null and damage is null;
create index projects_status_created on projects (status, created_at, project_id)
    where deleted_at is null and damage is null;
create index projects_status_updated on projects (status, updated_at, created_at, project_id)
    where deleted_at is null and damage is null;
create index projects_status_named on projects (status, name, created_at, project_id)
    where deleted_at is null and damage is null;
create index projects_deleted on projects (deleted_at, project_id) where deleted_at is not null;
create index projects_damaged on projects (project_id) where damage is not null;
create index projects_unexamined on projects (project_id) where not examined;

create table revisions (
    project_id uuid not null references projects on delete cascade,
    version bigint not null,
    document jsonb not null,
    primary key (project_id, version)
);

-- The words of projects that are in lists. They stand apart, because an update that leaves them as
-- they are must not write the index of words anew.
create table project_words (
    project_id uuid primary key references projects on delete cascade,
    created_at timestamptz not null,
    status text not null,
    -- Every word once for each group it counts for: 0 head, 1 and topic, 2 and summary, 3 all.
    words text[] collate "C" not null,
    -- The rows of units of each group, in which the order of words is checked. PostgreSQL's own
    -- `tsvector` would know it for the first 16,383 words of a text alone.
    head text collate "C" not null,
    topic text collate "C" not null,
    summary text collate "C" not null,
    body text collate "C" not null,
    -- What passages are taken from.
    texts text collate "C" not null
);

create index project_words_words on project_words using gin (words)
    with (gin_pending_list_limit = 1024);

-- Statistics of what is never compared in a way they would help with cost much to gather.
alter table projects alter column document set statistics 0;
alter table projects alter column summary set statistics 0;
alter table project_words
    alter column words set statistics 0,
    alter column head set statistics 0,
    alter column topic set statistics 0,
    alter column summary set statistics 0,
    alter column body set statistics 0,
    alter column texts set statistics 0;

-- How many projects lists hold, by status: the sum of shards, counted when a transaction is about to
-- end, so that writers do not wait for each other. One statement takes the rows it changes in order,
-- so that none lock each other out.
create table tally (
    status text not null,
    shard integer not null,
    projects bigint not null,
    primary key (status, shard)
) with (fillfactor = 50);

create function count_projects() returns trigger language plpgsql as $$
begin
    insert into tally as present (status, shard, projects)
    select change.status, pg_backend_pid() % 16, sum(change.projects)
    from (
        select old.status, -1
        where tg_op <> 'INSERT' and old.deleted_at is null and old.damage is null
        union all
        select new.status, 1
        where tg_op <> 'DELETE' and new.deleted_at is null and new.damage is null
    ) as change (status, projects)
    group by change.status
    having sum(change.projects) <> 0
    order by change.status
    on conflict (status, shard) do update set projects = present.projects + excluded.projects;
    return null;
end
$$;

create constraint trigger counted
    after insert or delete or update of status, deleted_at, damage on projects
    deferrable initially deferred for each row execute function count_projects();

-- Our connections say that they examine what they write; a document that anybody else changes is
-- looked at again.
create function note_writer() returns trigger language plpgsql as $$
begin
    new.examined := coalesce(current_setting('spark.examines', true), '') = 'yes';
    return new;
end
$$;

create trigger written before insert or update of document on projects
    for each row execute function note_writer();
