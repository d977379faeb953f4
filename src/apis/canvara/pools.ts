/** The small tables of a Canvara world: where places, telephones and time zones must agree, and the service's own vocabulary. */

export const CONTACT_TYPES = Object.freeze(['Person', 'Organisation', 'Virtual Person', 'Virtual Organisation']);
export const ROLES = Object.freeze([
  'Adviser',
  'Client',
  'Accountant',
  'Licensee',
  'Broker',
  'Solicitor',
  'Paraplanner',
  'Lender',
  'Auditor',
  'Practice Manager',
]);
/** The role in which a contact answers for the others' licence. */
export const LICENSEE = 'Licensee';
export const STATUSES = Object.freeze(['Active', 'Pending', 'Removed']);
export type Status = 'Active' | 'Pending' | 'Removed';

/** The telephone areas and their time zones; the regions are on no map. */
export const STATES = Object.freeze([
  { code: 'NSW', area: '02', postcode: [2000, 2599], timezone: 'AUS Eastern Standard Time', region: 'Central New South Wales' },
  { code: 'VIC', area: '03', postcode: [3000, 3999], timezone: 'AUS Eastern Standard Time', region: 'Western Victoria' },
  { code: 'TAS', area: '03', postcode: [7000, 7499], timezone: 'Tasmania Standard Time', region: 'Northern Tasmania' },
  { code: 'QLD', area: '07', postcode: [4000, 4899], timezone: 'E. Australia Standard Time', region: 'South East Queensland' },
  { code: 'SA', area: '08', postcode: [5000, 5699], timezone: 'Cen. Australia Standard Time', region: 'Mid North of South Australia' },
  { code: 'WA', area: '08', postcode: [6000, 6699], timezone: 'W. Australia Standard Time', region: 'South West of Western Australia' },
] as const);

/** The mobile numbers that Australia's authority keeps for fiction. */
export const MOBILE_NUMBERS = Object.freeze(
  [
    '570006',
    '570156',
    '570157',
    '570158',
    '570159',
    '570110',
    '570313',
    '570737',
    '571266',
    '571491',
    '571804',
    '572549',
    '572665',
    '572983',
    '573770',
    '573087',
    '574118',
    '574632',
    '575254',
    '575789',
    '576398',
    '576801',
    '577426',
    '577644',
    '578957',
    '578148',
    '578888',
    '579212',
    '579760',
    '579455',
  ].map((digits) => `0491 ${digits.slice(0, 3)} ${digits.slice(3)}`),
);
/** Of each area two prefixes are kept for fiction. */
export const LANDLINE_PREFIXES = Object.freeze(['5550', '7010']);
