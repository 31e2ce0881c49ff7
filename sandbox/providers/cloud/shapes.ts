import data from "./shapes.json";

/** What a resource or a function takes and gives, by the names of its properties. */
export interface Shape {
  required: string[];
  optional: string[];
  /** What it has beside its inputs; of a function, all that it gives. */
  outputs: string[];
}

/** What a resource takes and gives. */
export interface TypeShape extends Shape {
  /** Properties that are always secret. */
  secrets: string[];
}

/** Shapes by token. `npm run generate` reads them off the packages of the SDK. */
export interface Shapes {
  types: Record<string, TypeShape>;
  functions: Record<string, Shape>;
}

const shapes: Shapes = data;

/** The shape of a type that the table has. */
export function shapeOf(token: string): TypeShape {
  return shapes.types[token] ?? missing(token);
}

/** The shape of a function that the table has. */
export function functionShapeOf(token: string): Shape {
  return shapes.functions[token] ?? missing(token);
}

function missing(token: string): never {
  throw new Error(`shapes.json does not know ${token}: run \`npm run generate\`.`);
}
