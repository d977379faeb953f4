/** As a framework's loader does it: the address of the service comes from the environment. */
export async function contactsPage(serviceUrl = process.env.BILLING_URL) {
  const answer = await fetch(`${serviceUrl}/Contact/`);
  if (!answer.ok) return `<p>Contacts are not available (${answer.status}).</p>`;
  const { items } = await answer.json();
  return `<ul>${items.map(({ lastName }) => `<li>${lastName}</li>`).join('')}</ul>`;
}
