import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  // The desktop shell looks for the development server on this port and no other.
  server: {
    port: 1420,
    strictPort: true,
    host: "127.0.0.1",
    fs: { allow: [".", "../resources/codes", "../resources/schema", "../resources/icons/types"] },
  },
  preview: { port: 4173, strictPort: true, host: "127.0.0.1" },
  clearScreen: false,
  build: {
    target: "safari16",
    // Everything stays a file of its own: the content security policy has no `data:` for fonts or scripts.
    assetsInlineLimit: 0,
    // The window loads from disk; preloading hints would only add an inline loader.
    modulePreload: false,
  },
  // Svelte has a server build as well; the tests want the one that runs in a window.
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
  },
});
