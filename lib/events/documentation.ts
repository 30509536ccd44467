import { z } from "zod";
import { exampleOf } from "./examples.ts";
import { EVENT_MEANINGS, messageSchema } from "./schemas.ts";
import { ALL_EVENT_TYPES } from "./types.ts";

/** The files of `docs/events`, by name: each type's message as JSON Schema, with an example. */
export function eventDocumentation(): Map<string, string> {
  return new Map(
    ALL_EVENT_TYPES.map((type) => {
      const schema = z.toJSONSchema(messageSchema(type), {
        // Fields may be added: a receiver that refused them would refuse the next version of Keyhold.
        override: ({ jsonSchema }) => {
          delete jsonSchema.additionalProperties;
          // The format says it, and can be read.
          if (jsonSchema.format) delete jsonSchema.pattern;
        },
      });
      const document = {
        ...schema,
        title: type,
        description: EVENT_MEANINGS[type],
        examples: [exampleOf(type)],
      };
      return [`${type}.json`, `${JSON.stringify(document, null, 2)}\n`];
    }),
  );
}
