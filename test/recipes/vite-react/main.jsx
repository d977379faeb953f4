import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Contacts() {
  const [contacts, setContacts] = useState([]);
  useEffect(() => {
    fetch('/mock/Contact/')
      .then((answer) => answer.json())
      .then(({ items }) => setContacts(items));
  }, []);
  return (
    <ul>
      {contacts.map(({ identity, firstName, lastName }) => (
        <li key={identity}>
          {firstName} {lastName}
        </li>
      ))}
    </ul>
  );
}

createRoot(document.getElementById('root')).render(<Contacts />);
