/** What is done in the glossary room, with its keys. */
import type { Desk } from "../frame/desk.svelte";
import type { Key } from "../locale/text";
import type { Action } from "../palette/actions";
import type { GlossaryDesk, Tab } from "./glossary.svelte";

type Name = Key extends infer K ? (K extends `action.glossary.${infer Rest}` ? Rest : never) : never;

function act(
  name: Name,
  shortcut: string,
  run: (glossary: GlossaryDesk, desk: Desk) => unknown,
  when: (glossary: GlossaryDesk) => boolean = () => true,
): Action {
  return {
    id: `glossary.${name}`,
    title: `action.glossary.${name}`,
    group: "glossary",
    shortcut,
    where: "glossary",
    enabled: (desk) => desk.room === "glossary" && when(desk.glossary),
    run: async (desk) => {
      await run(desk.glossary, desk);
    },
  };
}

const tab = (name: Tab & Name, shortcut: string) =>
  act(name, shortcut, (glossary) => {
    glossary.tab = name;
  });

const chosen = (glossary: GlossaryDesk) => glossary.shownConcept !== null;

export const GLOSSARY_ACTIONS: readonly Action[] = [
  tab("concepts", "1"),
  tab("review", "2"),
  tab("coverage", "3"),
  act("filter", "F", (glossary) => {
    glossary.tab = "concepts";
    glossary.textWish += 1;
  }),
  act("new", "N", (glossary) => glossary.write(null)),
  act("edit", "E", (glossary) => glossary.write(glossary.shownConcept), chosen),
  act(
    "map",
    "M",
    (glossary) => {
      if (glossary.shownConcept) glossary.map(glossary.shownConcept);
    },
    chosen,
  ),
  act("import", "I", (_, desk) => {
    desk.overlay = "terms";
  }),
  act("export", "X", (_, desk) => {
    desk.overlay = "terms-out";
  }),
];
