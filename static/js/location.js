// Fills latitude and longitude of the form from where the phone is, six decimals; only when asked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  const form = button.closest("form");
  const said = form.querySelector("[data-locate-said]");
  const fill = ({ coords }) => {
    for (const name of ["latitude", "longitude"]) {
      const field = form.elements[name];
      field.value = coords[name].toFixed(6).replace(".", ",");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    said.textContent = `Terisi, ketelitian sekitar ${Math.round(coords.accuracy).toLocaleString("id-ID")} meter.`;
  };
  const fail = () => (said.textContent = "Lokasi tidak didapat. Izinkan lokasi di ponsel, atau tulis sendiri; boleh dikosongkan.");
  if (!navigator.geolocation) return fail();
  said.textContent = "Mencari lokasi …";
  navigator.geolocation.getCurrentPosition(fill, fail, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
});
