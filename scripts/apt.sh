# Sourced by the install scripts. apt_install installs Debian packages, as root or by a sudo that asks nothing, and
# fails where neither is possible. What apt says goes to stderr.
apt_install() {
	command -v apt-get >/dev/null || return 1
	sudo=
	if [ "$(id -u)" -ne 0 ]; then
		sudo -n true 2>/dev/null || return 1
		sudo='sudo -n'
	fi
	wait='-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3'
	{
		$sudo apt-get $wait update || echo 'apt-get update failed, trying with the package lists we have' >&2
		$sudo env DEBIAN_FRONTEND=noninteractive apt-get $wait install -y --no-install-recommends "$@"
	} </dev/null >&2
}
