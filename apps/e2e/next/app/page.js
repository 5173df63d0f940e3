export default function Page() {
  return <p>Notes</p>;
}
