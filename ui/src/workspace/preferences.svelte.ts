/**
 * What a person prefers of the window itself: in web storage as long as the window lives, and in the open workspace
 * for the next time. Nothing of a case ever is in web storage.
 */
export type Language = "nl" | "en";
export type Theme = "system" | "light" | "dark" | "contrast";
export type Density = "comfortable" | "compact";

export const LANGUAGES: readonly Language[] = ["nl", "en"];
export const THEMES: readonly Theme[] = ["system", "light", "dark", "contrast"];
export const DENSITIES: readonly Density[] = ["comfortable", "compact"];

const STORE = "koplamp.preferences";

interface Kept {
  language: Language;
  theme: Theme;
  density: Density;
  inspector: boolean;
  facets: boolean;
  fixedPitch: boolean;
  panes: Record<string, number>;
}

class Preferences implements Kept {
  language = $state<Language>("nl");
  theme = $state<Theme>("system");
  density = $state<Density>("comfortable");
  inspector = $state(true);
  facets = $state(true);
  fixedPitch = $state(false);
  /** Widths of panes in pixels, by their names. */
  panes = $state<Record<string, number>>({});

  /** As text; reading it follows every change. */
  get text(): string {
    const { language, theme, density, inspector, facets, fixedPitch, panes } = this;
    return JSON.stringify({ language, theme, density, inspector, facets, fixedPitch, panes } satisfies Kept);
  }

  /** Takes over what was kept, as far as it can be understood. */
  read(text: string | null) {
    const kept = parse(text);
    this.language = one(LANGUAGES, kept.language) ?? this.language;
    this.theme = one(THEMES, kept.theme) ?? this.theme;
    this.density = one(DENSITIES, kept.density) ?? this.density;
    this.inspector = flag(kept.inspector) ?? this.inspector;
    this.facets = flag(kept.facets) ?? this.facets;
    this.fixedPitch = flag(kept.fixedPitch) ?? this.fixedPitch;
    if (typeof kept.panes === "object" && kept.panes !== null) {
      this.panes = Object.fromEntries(
        Object.entries(kept.panes).filter(([, width]) => Number.isFinite(width)),
      );
    }
  }

  nextLanguage() {
    this.language = after(LANGUAGES, this.language);
  }

  nextTheme() {
    this.theme = after(THEMES, this.theme);
  }

  nextDensity() {
    this.density = after(DENSITIES, this.density);
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(text ?? "{}");
    return typeof kept === "object" && kept !== null ? { ...kept } : {};
  } catch {
    // Damaged: the preferences of now do.
    return {};
  }
}

function one<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((known) => known === value);
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function after<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length] ?? value;
}

/** Web storage may be switched off; then the preferences last as long as the page. */
function storage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

export const preferences = new Preferences();
preferences.read(storage((kept) => kept.getItem(STORE)));

/** Keeps the document's attributes and web storage in step with the preferences; call once, while a component starts. */
export function applyPreferences() {
  $effect(() => {
    const { language, theme, density } = preferences;
    const root = document.documentElement;
    root.lang = language;
    root.dataset.density = density;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const contrast = window.matchMedia("(prefers-contrast: more)");
    const show = () => {
      const system = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
      root.dataset.theme = theme === "system" ? system : theme;
    };
    show();
    dark.addEventListener("change", show);
    contrast.addEventListener("change", show);
    return () => {
      dark.removeEventListener("change", show);
      contrast.removeEventListener("change", show);
    };
  });
  $effect(() => {
    const { text } = preferences;
    storage((kept) => kept.setItem(STORE, text));
  });
}
