import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';
import { nestedType } from './rules';

/** Judges one value; `owner` is the object that it stands in. */
type Rule = (value: unknown, owner: object) => boolean;

/** Everything that the decorators of a class say of one member. */
export interface MemberRules {
  readonly name: string;
  /** Whether the rules apply to this value at all (`@Optional()`). */
  readonly applies: Rule;
  readonly rules: readonly Rule[];
  /** The class of a nested object. */
  readonly nested: (new () => object) | undefined;
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const compiled = new Map<new () => object, readonly MemberRules[]>();

/**
 * The rules of a class, read off its class-validator decorators once. The library's own executor looks them up, groups and
 * filters them anew for every object, which was a fifth of the time of a creation.
 */
export function rulesOf(type: new () => object): readonly MemberRules[] {
  const known = compiled.get(type);
  if (known) return known;
  const byName = new Map<string, Metadata[]>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    byName.set(metadata.propertyName, [...(byName.get(metadata.propertyName) ?? []), metadata]);
  }
  const rules = [...byName].map(([name, metadatas]) => compile(type, name, metadatas));
  compiled.set(type, rules);
  return rules;
}

function compile(type: new () => object, name: string, metadatas: readonly Metadata[]): MemberRules {
  const conditions = metadatas.filter((metadata) => metadata.type === ValidationTypes.CONDITIONAL_VALIDATION);
  return {
    name,
    applies: (value, owner) =>
      conditions.every((metadata) =>
        (metadata.constraints[0] as (owner: object, value: unknown) => boolean)(owner, value),
      ),
    rules: metadatas.filter((metadata) => metadata.type === ValidationTypes.CUSTOM_VALIDATION).flatMap(ruleOf),
    nested: nestedType(type, name),
  };
}

function ruleOf(metadata: Metadata): Rule[] {
  const { propertyName: property, constraints, constraintCls, each } = metadata;
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => {
      const judge = (value: unknown, object: object): boolean => {
        const given: ValidationArguments = {
          targetName: '',
          property,
          object,
          value,
          constraints: constraints as unknown[],
        };
        return instance.validate(value, given) === true;
      };
      return (value, owner) =>
        each && Array.isArray(value) ? value.every((item) => judge(item, owner)) : judge(value, owner);
    });
}
