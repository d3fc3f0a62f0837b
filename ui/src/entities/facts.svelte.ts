/** What the window needs to speak of facts: the types, the grades, and what was used last. */
import type { Entity } from "../bindings/Entity";
import type { GradingScheme } from "../bindings/GradingScheme";
import type { Schema } from "../bindings/Schema";
import type { Host } from "../host";
import { Apart } from "./apart.svelte";
import { Types } from "./schema";

/** How many of the types and entities used last are offered first. */
const RECENT = 5;

export class Facts {
  #schema = $state.raw<Schema>({ version: "", types: [], flags: [] });
  /** The types, called as the organisation calls them through whose eyes the case is read. */
  readonly types = $derived.by(() => new Types(this.#schema, this.#labels()));
  /** What tells entities of the same name apart. */
  readonly apart: Apart;
  schemes = $state.raw<readonly GradingScheme[]>([]);
  grading = $state("");
  /** The types that were stated last, the newest first. */
  recentTypes = $state.raw<readonly string[]>([]);
  /** The entities that were stated of last, the newest first. */
  recentEntities = $state.raw<readonly Entity[]>([]);
  /** The purpose of the last hypothesis. */
  purpose = $state("");
  readonly #host: Host;
  readonly #labels: () => Readonly<Record<string, string>>;

  constructor(host: Host, labels: () => Readonly<Record<string, string>> = () => ({})) {
    this.#host = host;
    this.#labels = labels;
    this.apart = new Apart(host, () => this.types);
  }

  /** The scheme by which this workspace grades. */
  get scheme(): GradingScheme | null {
    return this.schemes.find(({ code }) => code === this.grading) ?? null;
  }

  async load() {
    const [schema, schemes, grading] = await Promise.all([
      this.#host.schema(),
      this.#host.gradings(),
      this.#host.grading(),
    ]);
    this.#schema = schema;
    this.schemes = schemes;
    this.grading = grading;
  }

  async refreshGrading() {
    this.grading = await this.#host.grading();
  }

  usedType(type: string) {
    this.recentTypes = [type, ...this.recentTypes.filter((one) => one !== type)].slice(0, RECENT);
  }

  usedEntity(entity: Entity) {
    const others = this.recentEntities.filter(({ id }) => id !== entity.id);
    this.recentEntities = [entity, ...others].slice(0, RECENT);
  }
}
