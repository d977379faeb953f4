/** One format of one service, as far as an answer has to be compared with the contract. */
import type { Dto, Member } from '../../contract/dto.ts';
import type { Field } from '../../contract/field.ts';
import type { LexicalFormats } from './lexical-format.ts';
import type { ParsedMember } from './parsed-value.ts';

export interface AnswerFormat {
  /** As findings and reports call it: `JSON`, `XML`. */
  readonly name: string;
  /** Media type that is asked for and wanted back. */
  readonly mediaType: string;
  /** The format itself tells a number from a text. */
  readonly isTyped: boolean;
  /** The order of members is part of the format, and every member stands in a namespace. */
  readonly isOrdered: boolean;
  /** Members without a value are written as such, never left out. */
  readonly writesNulls: boolean;
  /** A scalar written as null is there (LogiSense); else it counts as not carried. */
  readonly nullCarries: boolean;
  /** A child that is not there may be written as null. */
  readonly allowsNullChildren: boolean;
  readonly lexicalFormats: LexicalFormats;
  /** Which members are written, in the order of the format. */
  members(dto: Dto): readonly Member[];
  /** A scalar that this format leaves out for some of its values. */
  mayLeaveOut(field: Field): boolean;
  /**
   * The text's root. `dtos`: what it may hold; CSV needs them to tell a list in a cell from a text.
   * @throws Unreadable
   */
  read(text: string, dtos: readonly Dto[]): ParsedMember;
}
