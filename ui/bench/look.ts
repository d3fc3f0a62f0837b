import "../src/theme/fonts.css";
import "../src/theme/tokens.css";
import "../src/theme/chart.css";
import "../src/theme/base.css";
import { mount } from "svelte";
import Look from "./Look.svelte";

const target = document.getElementById("window");
if (target) mount(Look, { target });
