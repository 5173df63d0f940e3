/** Top-level domains that the package `tlds` does not list. */
export const others = [
  // Reserved, or claimed by other naming systems.
  'bit example exit gnu i2p invalid local localhost onion test zkey',
  // Used inside organisations; the first is ICANN's own choice for this.
  'internal corp intranet lan localdomain',
  // Formerly registered: old configurations still name hosts below them.
  'abarth adac alfaromeo avianca bananarepublic bentley bugatti cancerresearch cbs cityeats comcast ' +
    'cookingchannel dabur dunlop etisalat fiat foodnetwork frontdoor guardian hgtv hoteles kerrylogistics kinder ' +
    'lancaster lancia linde lipsy loft macys maserati mutual natura northwesternmutual oldnavy passagens ' +
    'pramerica redstone rocher sca ses shaw showtime tiffany travelchannel volkswagen vuelos xfinity 诺基亚',
  // Other spellings of registered ones, which are in the Public Suffix List and not in the root zone.
  'اتصالات السعوديه السعودیة السعودیۃ اليمن ايران سوريا پاكستان 澳门 臺灣',
].flatMap((list) => list.split(' '));

/** Top-level domains that are also words of program text, so that `user.name` is not a host. */
export const words = (
  'am as at audio auto bar be best black blue box build by camera cards case cat center cloud codes compare ' +
  'computer date day direct directory discover do domains download email equipment events exchange express fail ' +
  'family final fit foo free fund game games gift global green group guide guru help host hosting how id in ' +
  'info institute int international is it java kids land lat life lighting limited link live loan loans locus ' +
  'management marketing me media menu moe mom my name network new no now observer one page partners parts pay ' +
  'photo pid ping pink place play plumbing plus post press productions properties property protection pub ' +
  'racing realty red report rest review reviews rip run sale sbs school science security seek select services ' +
  'shell shop show silk singles site skin so software solutions soy space store stream style supply support ' +
  'systems tab tax team tech technology test theater tips to today tools top total town toys trade training ' +
  'tube university us video vote watch watches weather wiki win work works world zone'
).split(' ');

/** The same for those that are not open for registration by others. */
export const closedWords = (
  'author buy call channel data dot eat fast here hot like locker map next open phone prime read room safe save ' +
  'search secure spot star talk target you zero'
).split(' ');
