// "Near me": asks the browser where it is and puts the point into the filters. Nothing is kept by the site.
const button = document.querySelector("[data-near]");
if (button && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(at => {
    const form = button.closest("form");
    form.querySelector("[name=near]").value = at.coords.latitude.toFixed(3) + "," + at.coords.longitude.toFixed(3);
    form.submit();
  }));
}
