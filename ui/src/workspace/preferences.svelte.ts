/** What a person prefers of the window itself. Kept in web storage; nothing of a case ever is. */

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

const DEFAULTS: Kept = {
  language: "nl",
  theme: "system",
  density: "comfortable",
  inspector: true,
  facets: true,
  fixedPitch: false,
  panes: {},
};

class Preferences implements Kept {
  language = $state(DEFAULTS.language);
  theme = $state(DEFAULTS.theme);
  density = $state(DEFAULTS.density);
  inspector = $state(DEFAULTS.inspector);
  facets = $state(DEFAULTS.facets);
  fixedPitch = $state(DEFAULTS.fixedPitch);
  panes = $state<Record<string, number>>({});

  constructor() {
    const kept = read();
    if (LANGUAGES.includes(kept.language)) this.language = kept.language;
    if (THEMES.includes(kept.theme)) this.theme = kept.theme;
    if (DENSITIES.includes(kept.density)) this.density = kept.density;
    this.inspector = kept.inspector;
    this.facets = kept.facets;
    this.fixedPitch = kept.fixedPitch;
    this.panes = kept.panes;
  }

  save() {
    const { language, theme, density, inspector, facets, fixedPitch, panes } = this;
    try {
      localStorage.setItem(
        STORE,
        JSON.stringify({ language, theme, density, inspector, facets, fixedPitch, panes } satisfies Kept),
      );
    } catch {
      // Storage may be switched off; then the preferences last as long as the window.
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

function after<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length] ?? value;
}

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? "{}");
    if (typeof kept === "object" && kept !== null) return { ...DEFAULTS, ...kept };
  } catch {
    // Damaged or switched off: the defaults do.
  }
  return DEFAULTS;
}

export const preferences = new Preferences();

/** Keeps the document's attributes and the store in step with the preferences; call once, inside an effect root. */
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
  $effect(() => preferences.save());
}
