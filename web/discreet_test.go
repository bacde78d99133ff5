package web_test

// secrets are the tokens that this portal's people hold.
func (p *portal) secrets() (found []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, token := range p.tokens {
		found = append(found, token)
	}
	return found
}
