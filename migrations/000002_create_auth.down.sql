BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.ping(), ctx.platform_organisations(), ctx.people(), ctx.sign_out(bytea), ctx.sign_in(text, text, text, text, bytea, text),
  ctx.take_sign_in(bytea), ctx.begin_sign_in(bytea, text, text, text, text), ctx.session(bytea), ctx.enter(bytea), auth.session_membership(bytea), ctx.scope_of(text);
DROP TYPE ctx.actor;
DROP TABLE auth.attempt, auth.session, auth.membership, auth.person;
COMMIT;
