BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';
CREATE OR REPLACE FUNCTION portal.step_finished() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (OLD.state IN ('done', 'not_applicable')) <> (NEW.state IN ('done', 'not_applicable'))
    AND EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id AND a.step_id = NEW.step_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal.obstacle_turned() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM portal.note_blocked(NEW.land_id, ARRAY(
    SELECT DISTINCT a.org_id FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.obstacle_id = NEW.obstacle_id));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal.bodies_leant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l record;
BEGIN
  FOR l IN
    SELECT t.land_id, array_agg(DISTINCT t.org_id) AS orgs FROM touched t
    JOIN portal.obstacle_affected a ON a.land_id = t.land_id AND a.org_id = t.org_id
    GROUP BY t.land_id
  LOOP
    PERFORM portal.note_blocked(l.land_id, l.orgs);
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal.opinion_hands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.result, NEW.note, NEW.links, NEW.answered_by, NEW.answered_at) IS DISTINCT FROM (OLD.result, OLD.note, OLD.links, OLD.answered_by, OLD.answered_at)
      AND (OLD.party_id IS DISTINCT FROM ctx.org_id() OR NEW.answered_by IS DISTINCT FROM ctx.person_id())
    OR NEW.closed_at IS DISTINCT FROM OLD.closed_at AND OLD.org_id IS DISTINCT FROM ctx.org_id() THEN
    RAISE EXCEPTION 'not the hand that this part belongs to' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
COMMIT;
