import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  clearScreen: false,
  server: { fs: { allow: ["../.."] } },
  build: {
    target: "safari16",
    outDir: "/tmp/koplamp-bench",
    emptyOutDir: true,
    rollupOptions: {
      input: { index: `${import.meta.dirname}/index.html`, look: `${import.meta.dirname}/look.html` },
    },
  },
});
