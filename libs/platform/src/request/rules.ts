import { PLAIN_LINE, VISIBLE_TEXT } from '@app/kernel';
import { applyDecorators } from '@nestjs/common';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';

type Rule = PropertyDecorator;

/** May be absent; null counts as absent. */
export const Optional = (): Rule => IsOptional();

/** Text of `min` to `max` characters. */
export const Text = (min: number, max: number): Rule => applyDecorators(IsString(), Length(min, max));

/** Text that may be empty, of at most `max` characters. */
export const AtMost = (max: number): Rule => applyDecorators(IsString(), MaxLength(max));

/** Text of one shape. */
export const Shape = (pattern: RegExp): Rule => applyDecorators(IsString(), Matches(pattern));

/** A UUID of any version, in either case. */
export const Uuid = (): Rule => Shape(/^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/);

/** Text of at most `max` characters of which at least one can be seen: what is left of others is nothing. */
export const Visible = (max: number): Rule => applyDecorators(Text(1, max), Matches(VISIBLE_TEXT));

/** What somebody or something is called: `isPlainName`, of at most `max` characters. */
export const Name = (max: number): Rule => applyDecorators(Visible(max), Matches(PLAIN_LINE));

/** An email address as lenient as directory servers read one (RFC 5322 section 3.4), or nothing. */
export const Email = (): Rule => applyDecorators(AtMost(254), Matches(/^$|^\s*[^\r\n]+@[^@\p{C}\p{Z}]+\s*$/u));

/** One of the contract's words. */
export const OneOf = (words: readonly string[]): Rule => IsIn(words);

/** A JSON integer within bounds. */
export const Integer = (min: number, max: number): Rule => applyDecorators(IsInt(), Min(min), Max(max));

/** The version of a thing that an edit is about; left out, it is about whatever is there. */
export const Version = (): Rule => applyDecorators(Optional(), Integer(1, 2_147_483_647));

/** A JSON boolean. */
export const Flag = (): Rule => IsBoolean();

/** ISO 8601 date and time, with or without a zone (section 5.6). */
export const DateTime = (): Rule => IsISO8601({ strict: true });

/** An absolute http(s) address of at most `max` characters; hosts of one word are for laptops. */
export const Address = (max: number): Rule =>
  applyDecorators(
    IsString(),
    MaxLength(max),
    IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false, allow_underscores: true }),
  );

type Shaped = new () => object;

/** The classes of nested members, by the class that has them. */
const nested = new Map<unknown, Map<string, () => Shaped>>();

/** A nested object of class `type`: not an array, not a scalar. */
export const Nested = (type: () => Shaped): Rule =>
  applyDecorators(IsPlainObject(), ValidateNested(), Type(type), (target: object, property: string | symbol) => {
    const members = nested.get(target.constructor) ?? new Map<string, () => Shaped>();
    nested.set(target.constructor, members.set(String(property), type));
  });

/** The class of a `Nested` member of `type`, its own or inherited; undefined for any other member. */
export function nestedType(type: Shaped, member: string): Shaped | undefined {
  for (let owner: unknown = type; typeof owner === 'function'; owner = Object.getPrototypeOf(owner)) {
    const found = nested.get(owner)?.get(member);
    if (found) return found();
  }
  return undefined;
}

/** A JSON object. */
export function IsPlainObject(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPlainObject',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
      },
    });
  };
}
