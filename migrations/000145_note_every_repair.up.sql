-- Who repairs steps, obstacles or what an onboarding leans on by hand has no context. Which bodies met an obstacle could then
-- not be seen, and what became of them was not written down (ADR 0037); a Stellungnahme could not be put right at all.
BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';
CREATE OR REPLACE FUNCTION portal.step_finished() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text;
BEGIN
  IF (OLD.state IN ('done', 'not_applicable')) = (NEW.state IN ('done', 'not_applicable')) THEN
    RETURN NULL;
  END IF;
  own := current_setting('app.land_id', true);
  PERFORM set_config('app.land_id', NEW.land_id::text, true);
  IF EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id AND a.step_id = NEW.step_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal.obstacle_turned() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', NEW.land_id::text, true);
  PERFORM portal.note_blocked(NEW.land_id, ARRAY(
    SELECT DISTINCT a.org_id FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.obstacle_id = NEW.obstacle_id));
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal.bodies_leant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  l record;
  met uuid[];
BEGIN
  FOR l IN SELECT t.land_id, array_agg(DISTINCT t.org_id) AS orgs FROM touched t GROUP BY t.land_id LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true);
    met := ARRAY(SELECT DISTINCT a.org_id FROM portal.obstacle_affected a WHERE a.land_id = l.land_id AND a.org_id = ANY (l.orgs));
    IF met <> '{}' THEN
      PERFORM portal.note_blocked(l.land_id, met);
    END IF;
  END LOOP;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal.opinion_hands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ctx.scope() IS NULL THEN
    RETURN NEW;
  END IF;
  IF (NEW.result, NEW.note, NEW.links, NEW.answered_by, NEW.answered_at) IS DISTINCT FROM (OLD.result, OLD.note, OLD.links, OLD.answered_by, OLD.answered_at)
      AND (OLD.party_id IS DISTINCT FROM ctx.org_id() OR NEW.answered_by IS DISTINCT FROM ctx.person_id())
    OR NEW.closed_at IS DISTINCT FROM OLD.closed_at AND OLD.org_id IS DISTINCT FROM ctx.org_id() THEN
    RAISE EXCEPTION 'not the hand that this part belongs to' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
COMMIT;
