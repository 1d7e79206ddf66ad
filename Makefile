# Griot. `make demo` shows the main job, `make test` runs everything CI runs; both install what is missing.
# Other targets: build, install, lint, format, fuzz, sanitize, bench, clean. Variables: PREFIX (install), MEMORY (demo).

PREFIX ?= /usr/local
MEMORY ?= Index/memory
SWIFT ?= swift

# Debian and Ubuntu packages: headers and libraries to build with, and tools that the tests call.
PACKAGES = pkg-config libicu-dev libxml2-dev libgmime-3.0-dev libarchive-dev zlib1g-dev libpoppler-glib-dev \
  libcmark-gfm-dev libcmark-gfm-extensions-dev libcld2-dev libsimdjson-dev libzstd-dev libuchardet-dev libstemmer-dev \
  unicode-data zstd git

# A static Swift runtime halves the start-up time of a search; an import that Package.swift does not declare
# would break the dependency direction, so it is an error.
STRICT = --explicit-target-dependency-import-check error
RELEASE = -c release --static-swift-stdlib $(STRICT)
BIN = .build/release

# Tests run optimised: the oracle comparisons and the 50 MB of real text would take ten times as long otherwise. They
# have a build of their own, in which a reader can be told to crash; nothing of it is ever installed.
TESTS = -c release --scratch-path .build/tests -Xswiftc -enable-testing -Xswiftc -DFAULT_INJECTION $(STRICT)

.PHONY: all build demo test install uninstall lint format deps swift-here bench clean fuzz sanitize

all: build

swift-here:
	@command -v $(SWIFT) >/dev/null || { echo "make: Swift 6.3 is needed and 'swift' is not on the PATH;" \
	  "get it at https://www.swift.org/install/linux" >&2; exit 1; }

# Installs only what is missing; says what and how on systems without apt.
deps:
	@missing=; \
	if command -v dpkg-query >/dev/null; then \
	  for p in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "Installing:$$missing"; \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    if [ -n "$$sudo" ] && ! command -v sudo >/dev/null; then \
	      echo "make: not root and no sudo; as root run: apt-get install$$missing" >&2; exit 1; fi; \
	    $$sudo apt-get update -qq && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
	  fi; \
	else \
	  echo "make: packages are installed by itself on Debian and Ubuntu only; please see to it that these (or your" \
	    "system's names for them) are there: $(PACKAGES)" >&2; \
	fi

# griot itself is linked fully static (Package.swift says why), where the system has a static C library.
build: export GRIOT_STATIC = $(if $(wildcard /usr/lib/*/libc.a /usr/lib64/libc.a /usr/lib/libc.a),1,0)
build: swift-here deps
	$(SWIFT) build $(RELEASE) --product griot
	$(SWIFT) build $(RELEASE) --product griot-reader

demo: build
	@rm -rf $(MEMORY)
	@.ci/demo $(BIN)/griot $(MEMORY)

lint: swift-here
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks Corpora/generator
	.ci/lint

format: swift-here
	$(SWIFT) format format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks Corpora/generator

test: swift-here deps lint
	$(SWIFT) build $(TESTS) --build-tests
	$(SWIFT) test $(TESTS) --skip-build

# Every decoder under libFuzzer, FUZZ_SECONDS each; with SANITIZE=address under the address sanitizer as well.
FUZZ_SECONDS ?= 20
fuzz: swift-here deps
	SWIFT=$(SWIFT) .ci/fuzz $(FUZZ_SECONDS)

# The engine's and the product's tests under the address and the thread sanitizer.
sanitize: swift-here deps
	SWIFT=$(SWIFT) .ci/sanitize address
	SWIFT=$(SWIFT) .ci/sanitize thread

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/griot
	install -m 755 -s $(BIN)/griot $(DESTDIR)$(PREFIX)/bin/griot
	install -m 755 -s $(BIN)/griot-reader $(DESTDIR)$(PREFIX)/libexec/griot/griot-reader
	@if [ -d man ]; then install -d $(DESTDIR)$(PREFIX)/share/man/man1; \
	  install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/; fi
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BIN)/griot --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/griot
	$(BIN)/griot --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_griot
	$(BIN)/griot --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/griot.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/griot $(DESTDIR)$(PREFIX)/libexec/griot/griot-reader \
	  $(DESTDIR)$(PREFIX)/share/man/man1/griot*.1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions/griot \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_griot \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/griot.fish

bench: build
	$(MAKE) -C Benchmarks

clean:
	rm -rf .build $(MEMORY)
