BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.correct_person(uuid, text, text, text, text), ctx.land_people(), ctx.person_data(uuid);
DROP FUNCTION auth.may_know(uuid);
DO $$ DECLARE t regclass; BEGIN
  FOR t IN SELECT DISTINCT tab FROM auth.person_column LOOP
    EXECUTE format('DROP POLICY subject ON %s', t);
  END LOOP;
END $$;
DROP PROCEDURE portal.person(regclass, name[], text, boolean);
DROP FUNCTION ctx.subject();
DROP TABLE auth.person_column;
COMMIT;
