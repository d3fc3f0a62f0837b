/** The entity schema and the grading schemes, from the files that the desktop ships. */
import grading from "../../../../resources/codes/grading.json";
import base from "../../../../resources/schema/base.json";
import events from "../../../../resources/schema/events.json";
import flags from "../../../../resources/schema/flags.json";
import identifiers from "../../../../resources/schema/identifiers.json";
import links from "../../../../resources/schema/links.json";
import parties from "../../../../resources/schema/parties.json";
import places from "../../../../resources/schema/places.json";
import things from "../../../../resources/schema/things.json";
import type { EntityType } from "../../bindings/EntityType";
import type { GradingScheme } from "../../bindings/GradingScheme";
import type { Property } from "../../bindings/Property";
import type { Schema } from "../../bindings/Schema";

type Loose<T> = { [K in keyof T]?: unknown };

/** What a file leaves out is what the desktop takes it for. */
function whole(type: Loose<EntityType>): EntityType {
  const properties = (type.properties ?? []) as Loose<Property>[];
  return {
    extends: [],
    abstract: false,
    link: null,
    caption: [],
    ...type,
    properties: properties.map((one) => ({
      range: null,
      identifying: false,
      single: false,
      changes: false,
      ...one,
    })),
  } as EntityType;
}

const files = [base, parties, identifiers, things, places, events, links];

export const SCHEMA: Schema = {
  version: links.version,
  types: files.flatMap((file) => (file.types as Loose<EntityType>[]).map(whole)),
  flags: flags.flags.map((flag) => ({ property: null, value: null, ...flag })),
};

export const GRADINGS = grading.schemes.map(({ source, information, ...scheme }) => {
  const codes = (list: { code: string; nl: string; en: string; unknown?: boolean }[]) =>
    list.map((code) => ({ unknown: false, ...code }));
  return { ...scheme, source: codes(source), information: codes(information) };
}) satisfies GradingScheme[];
