/** The small tables of a Trendsic world: where numbers and words must agree, and the service's own vocabulary. */

interface Named {
  readonly id: number;
  readonly name: string;
}
const named = (names: readonly string[]): readonly Named[] => Object.freeze(names.map((name, i) => ({ id: i + 1, name })));

/** The words for a number of one of these tables; none for 0. */
export const nameOf = (pool: readonly Named[], id: number): string => pool[id - 1]?.name ?? '';

export const CATEGORIES = named(['Lead', 'Prospect', 'Client', 'Referral Partner', 'Former Client']);
export const SOURCES = named(['Referral', 'Workshop', 'Website', 'Phone Call', 'School Visit', 'Mailing']);
export const STATUSES = named(['New', 'Contacted', 'Appointment Set', 'Consulted', 'Enrolled', 'Not Interested']);

/** Role of a job, by the job's number. */
export const ROLES = Object.freeze(['Teacher', 'Counselor', 'Nurse', 'Librarian', 'Administrator', 'Office Staff', 'Support Staff']);

interface State {
  /** The federal number of the state; those of its counties begin with it. */
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly areaCode: number;
  readonly zip: readonly [number, number];
  readonly counties: Readonly<Record<number, string>>;
}
const STATES: readonly State[] = Object.freeze([
  { id: 4, code: 'AZ', name: 'Arizona', areaCode: 602, zip: [85001, 86556], counties: { 4013: 'Maricopa', 4019: 'Pima', 4025: 'Yavapai' } },
  {
    id: 6,
    code: 'CA',
    name: 'California',
    areaCode: 213,
    zip: [90001, 96162],
    counties: { 6019: 'Fresno', 6037: 'Los Angeles', 6059: 'Orange' },
  },
  {
    id: 8,
    code: 'CO',
    name: 'Colorado',
    areaCode: 303,
    zip: [80001, 81658],
    counties: { 8013: 'Boulder', 8031: 'Denver', 8069: 'Larimer' },
  },
  {
    id: 13,
    code: 'GA',
    name: 'Georgia',
    areaCode: 404,
    zip: [30002, 31999],
    counties: { 13051: 'Chatham', 13067: 'Cobb', 13121: 'Fulton' },
  },
  {
    id: 17,
    code: 'IL',
    name: 'Illinois',
    areaCode: 312,
    zip: [60001, 62999],
    counties: { 17031: 'Cook', 17043: 'DuPage', 17143: 'Peoria' },
  },
  { id: 32, code: 'NV', name: 'Nevada', areaCode: 702, zip: [88901, 89883], counties: { 32003: 'Clark', 32007: 'Elko', 32031: 'Washoe' } },
  {
    id: 37,
    code: 'NC',
    name: 'North Carolina',
    areaCode: 704,
    zip: [27006, 28909],
    counties: { 37081: 'Guilford', 37119: 'Mecklenburg', 37183: 'Wake' },
  },
  {
    id: 39,
    code: 'OH',
    name: 'Ohio',
    areaCode: 614,
    zip: [43001, 45999],
    counties: { 39049: 'Franklin', 39061: 'Hamilton', 39153: 'Summit' },
  },
  { id: 48, code: 'TX', name: 'Texas', areaCode: 512, zip: [75001, 79999], counties: { 48029: 'Bexar', 48201: 'Harris', 48453: 'Travis' } },
  {
    id: 53,
    code: 'WA',
    name: 'Washington',
    areaCode: 206,
    zip: [98001, 99403],
    counties: { 53033: 'King', 53053: 'Pierce', 53063: 'Spokane' },
  },
]);
const STATE_OF_COUNTY: ReadonlyMap<number, State> = new Map(
  STATES.flatMap((state) => Object.keys(state.counties).map((countyId) => [Number(countyId), state] as const)),
);
export const COUNTY_IDS: readonly number[] = Object.freeze([...STATE_OF_COUNTY.keys()]);

/** Towns that are on no map; each county has three school districts, named after its towns. */
const TOWNS = Object.freeze(
  ['Cedar', 'Maple', 'Alder', 'Juniper', 'Willow', 'Hazel', 'Rowan', 'Laurel', 'Aspen', 'Linden'].flatMap((tree) => [
    `${tree} Hollow`,
    `${tree} Crossing`,
    `${tree} Fork`,
  ]),
);
const SCHOOLS = Object.freeze(['Elementary School', 'Middle School', 'High School', 'Academy']);
export const DISTRICTS_OF_A_COUNTY = 3;
export const SCHOOLS_OF_A_DISTRICT = SCHOOLS.length;

/** A number of a district holds that of its county, a number of a school that of its district. */
export const stateOf = (countyId: number): State => STATE_OF_COUNTY.get(countyId)!;
export const countyName = (countyId: number): string => stateOf(countyId).counties[countyId]!;
export const townOf = (districtId: number): string =>
  TOWNS[(COUNTY_IDS.indexOf(Math.floor(districtId / 10)) * DISTRICTS_OF_A_COUNTY + (districtId % 10) - 1) % TOWNS.length]!;
export const districtName = (districtId: number): string => `${townOf(districtId)} Unified School District`;
export const schoolName = (schoolId: number): string => `${townOf(Math.floor(schoolId / 10))} ${SCHOOLS[(schoolId % 10) - 1]}`;

export const FLOWS = Object.freeze(['Intake', 'Qualifying', 'Consultation', 'Enrollment', 'Follow-up']);
export const TAGS = Object.freeze(['403b', 'evening calls', 'new hire', 'near retirement', 'spanish', 'vip', 'workshop 2025']);
export const MARITAL_STATUSES = Object.freeze(['Single', 'Married', 'Divorced', 'Widowed']);
export const PHONE_LABELS = Object.freeze(['Mobile', 'Home', 'Work']);
