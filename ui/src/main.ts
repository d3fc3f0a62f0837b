import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/markings.css";
import "./theme/chart.css";
import "./theme/base.css";
import { mount } from "svelte";
import Window from "./frame/Window.svelte";
import { chooseHost } from "./host";

const target = document.getElementById("window");
if (target) chooseHost().then((host) => mount(Window, { target, props: { host } }));
