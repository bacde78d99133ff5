package survey

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

func listSpellings(ctx context.Context, tx *postgres.Tx) ([]Spelling, error) {
	rows, _ := tx.Query(ctx, `
		SELECT s.spelling_key, s.spelling, s.products, s.version
		FROM portal.product_spelling s
		WHERE s.land_id = @land
		ORDER BY s.spelling COLLATE "de-x-icu", s.spelling_key
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Spelling])
	if err != nil {
		return nil, fmt.Errorf("list spellings: %w", err)
	}
	return found, nil
}

// said is what a body wrote in an answer that names a product.
type said struct {
	Block   Block
	Details map[string]string
}

// listSaid returns what bodies wrote in all rounds, each once.
func listSaid(ctx context.Context, tx *postgres.Tx) ([]said, error) {
	rows, _ := tx.Query(ctx, `
		SELECT DISTINCT a.block, a.details
		FROM portal.survey_answer a
		WHERE a.land_id = @land AND a.block IN ('post_office', 'dms', 'payment')
		ORDER BY a.block, a.details
		LIMIT 5000`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[said])
	if err != nil {
		return nil, fmt.Errorf("list what bodies call their products: %w", err)
	}
	return found, nil
}

// saveSpelling writes which products a spelling counts as; false if somebody was faster.
func saveSpelling(ctx context.Context, tx *postgres.Tx, s Spelling) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.product_spelling AS p (land_id, org_id, spelling_key, spelling, products, changed_by, changed_at)
		VALUES (@land, @org, @key, @spelling, @products, @who, @now)
		ON CONFLICT (land_id, spelling_key) DO UPDATE SET products = excluded.products, changed_by = excluded.changed_by,
			changed_at = excluded.changed_at, version = p.version + 1
			WHERE p.version = @version`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "key": s.Key, "spelling": s.Spelling, "products": s.Products, "version": s.Version, "who": tx.Who.Person, "now": tx.Now,
	})
	if err != nil {
		return false, fmt.Errorf("save a spelling: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}
