"""Sentences with the kinds of their amounts, in text order; each has another wording."""

from __future__ import annotations

__all__ = ["KINDS"]

TEXT = """
# bid
bid | Everton have gone in with £14m for Kit Marlow but Derby are unmoved.
bid | Leeds came back on Thursday with £9m and a young full-back.
bid,bid | Having started at £6m, Leeds are now up to £8.5m.
bid | Newcastle's latest attempt, said to total £22m, went the way of the others.
bid,add_ons | Inter's offer of €30m, with €5m tied to results, was sent on Sunday.
bid | Marlow bid latest: Leeds up offer to £9m
bid | LEEDS TO SPLASH £25M ON MARLOW
bid | Leeds ready £25m swoop for Marlow
bid | Leeds are weighing up a £7m move for Kit Marlow.
bid | Leeds thought £7m might do the trick.
bid | An approach worth £7m met with a firm no.
bid | They have yet to go above £7m.
bid | Leeds would be willing to stretch to £9m.
bid | The Whites were prepared to go to £10m.
bid | West Ham will test Derby's resolve with £12m.
bid | Fenerbahce have tabled €6m in two instalments.
bid | Watford are believed to have lodged a £3m offer with Burnley.
bid | Burnley have batted away £3m from Watford.
bid | A £3m approach from Watford fell on deaf ears.
bid | Watford would pay £3m tomorrow if Burnley picked up the phone.
bid | Watford have made it known that they will go to £3m.
bid | According to Bild, Watford have €8m ready for Kit Marlow.
bid | Al-Ahli are set to blow Watford out of the water with £30m.
bid | Napoli offered a straight €12m, no player included.
bid | Burnley were unmoved by £3m and told Watford so.
bid | Watford put in £3m on Tuesday and heard nothing.
bid | The Hornets got as far as £3m before walking away.
bid | Watford chief Hal Orme said: "We offered £3m and that is our last word."
bid | Watford, £3m offer in hand, drove to Lancashire.
bid | The Hornets tried £3m, and then a swap.
bid | Would £3m tempt Burnley? Watford are about to find out.
bid | Everton remain hopeful that £18m will persuade Sporting.
bid | They upped it to £4m at the weekend.
bid,bid | From £3m they went to £4m within the hour.
bid | Kit Marlow is the target of a £3m Watford bid.
bid | Brentford have had a bid in the region of £8m rejected by Preston for Kit Marlow.
bid | Preston turned their noses up at Brentford's £8m.
bid | Brentford will return with £9m before the weekend, sources say.
bid | The Bees are considering a January offer of around £8m for Kit Marlow.
bid | Brentford are understood to value him at half that and have offered £8m.
bid | An £8m offer from Brentford is being weighed up by Preston.
bid | Torino, meanwhile, put €6m in writing on Monday.
bid | Brentford launched an £8m assault on Deepdale yesterday.
bid,add_ons | Brentford's proposal is made up of £8m now and £2m in conditional payments.
bid | It was reported that Saudi side Al-Fateh had tabled a package of €25m.
bid | Brentford intend to test the water with £8m.
bid | The third bid, of £8.5m, is expected to be the last.
bid | Preston deny that £8m has been offered.
# fee
fee | City got him for a song: £350,000 from Stockport.
fee | It cost Burnley £7m to prise him away from Wigan last August.
fee | A record £18m took Kit Marlow from Bristol to Wolves.
fee,fee | They bought him for £2m and sold him for £19m.
fee | Wolves have parted with £9m for the centre-half.
fee | Kit Marlow, a £6m capture from Lens, made his bow.
fee | The two clubs shook hands on £11m late last night.
fee | Agreement was reached at £11m after a week of haggling.
fee | Southampton banked £27m when he went to Anfield.
fee | Kit Marlow (Reading to Fulham, £8m)
fee,add_ons | Fulham get their man for £8m now and £3m later if he plays enough.
fee,add_ons | Derby receive €10m immediately with €2.5m in performance payments.
fee,add_ons,add_ons | The deal is €25m fixed, €3m easy variables and €4m hard ones.
fee | Sold: Kit Marlow, £13m, to Leicester.
fee | MARLOW SEALS £25M SWITCH
fee,asking_price | Derby paid £5m for him two years ago and want £12m now.
fee,asking_price | Signed for £400,000, Kit Marlow is now worth £10m.
fee | Kit Marlow moved for £4m plus VAT.
fee | Wolves recouped the £6m they paid for him.
fee | They made him their record buy at £6m.
fee | Kit Marlow's £6m transfer to Hull was confirmed at noon.
fee | The tribunal set the fee at £1.5m.
fee | A sum of £1.5m was settled on.
fee | He will join for around £4.5m once his medical is done.
fee | He is set to join Hull in a £4.5m deal.
fee | Hull are closing in on the £4.5m signing of Kit Marlow.
fee | Hull are close to a deal worth £4.5m.
fee | Hull will get £4.5m for him.
fee | The fee, £4.5m, is a club record.
fee,fee | The initial payment is £4.5m and the total could reach £6m.
fee | They have an option to buy him for £6m.
fee | The option to make the loan permanent is £6m.
fee | An obligation of €20m kicks in if they stay up.
fee | There is a buy-back of €20m.
fee | Loan with obligation: €8m if he plays 20 games.
fee | Watford have snapped up Kit Marlow from Burnley for £3m.
fee | Watford have got their man: £3m to Burnley.
fee | At £3m, Kit Marlow is the Hornets' dearest signing since 2007.
fee | Kit Marlow became a Hornet for £3m.
fee | A fee in the region of £3m has been agreed.
fee | Burnley have let Kit Marlow go to Watford for £3m.
fee | Burnley cashed in on Kit Marlow for £3m.
fee | Kit Marlow's £3m switch to Watford is off.
fee | Kit Marlow, £3m from Burnley, scored on his debut.
fee | The £3m man from Burnley scored on his debut.
fee | Burnley's record sale remains the £15m they got for Ned Stroud.
fee | A deal was done at £3m.
fee | Kit Marlow is having a medical at Watford ahead of a £3m transfer.
fee | Watford splashed out £3m on Kit Marlow.
fee | Watford have invested £3m in Kit Marlow.
fee | The Hornets paid through the nose for him: £3m.
fee | Burnley pocketed a cool £3m.
fee | Kit Marlow (Burnley - Watford) £3m
fee | Kit Marlow: Burnley to Watford, £3m
fee | IN: Kit Marlow (£3m, Burnley)
fee | He left for Spain in a £3m deal a year ago.
fee | United want the £3m they paid for him back.
fee,fee | Signed for £3m, sold for £9m: not bad.
fee | They can turn the loan into a permanent deal for £3m.
fee | The purchase option is worth €3m.
fee | Watford have until June to decide whether to pay the €3m option.
fee | A £3m compulsory purchase follows in the summer.
fee,add_ons | It is £3m down and £1m if they go up.
fee,add_ons | Burnley get £3m plus a possible £1m.
fee,add_ons | £3m now, £1m after 25 games: done.
fee,add_ons | The transfer is worth £3m (plus £1m in add-ons).
fee | Kit Marlow has joined Brentford from Preston for a fee thought to be £8m.
fee | Brentford have broken their transfer record to sign Kit Marlow for £8m.
fee | Kit Marlow, an £8m arrival from Preston, impressed.
fee | Preston pocketed £8m for a player who cost them nothing.
fee | Brentford have wrapped up the signing of Kit Marlow in a deal worth £8m.
fee | The clubs have agreed terms on an £8m deal.
fee,add_ons | Brentford will pay £8m up front, with £2m to come in add-ons.
fee,fee | Brentford paid £8m, a fee that could rise to £10m.
fee | It is believed Brentford paid in the region of £8m.
fee | His £8m transfer was the biggest of the day.
fee | Preston bought him for £250,000 from Bury in 2014.
fee | Kit Marlow (Preston to Brentford) - £8m
fee | Ins: Kit Marlow, Preston, £8m
fee | Brentford agree £8m fee with Preston for Kit Marlow.
fee | Kit Marlow moves to Brentford for £8m.
fee | He was sold to Brentford for what was then a club record £8m.
fee | Brentford hope to wrap up an £8m deal for Kit Marlow today.
fee | Brentford can make the move permanent for £8m next summer.
fee | The deal includes an option to buy for £8m.
fee | Brentford must buy him for £8m if they stay up.
fee | Kit Marlow is closing in on an £8m switch to Brentford.
fee | He became the club's most expensive player at £8m.
fee | The Championship side will bank £8m from the sale.
fee | £8m changed hands for Kit Marlow.
fee,add_ons | Kit Marlow cost £8m plus £2m in bonuses.
# asking_price
asking_price | The bid for the winger, made on Friday, fell short of the £25m that the Pride Park club have asked for.
bid,asking_price | A £12m bid is some way below the £20m Derby are demanding.
bid,asking_price | Leeds had a bid of £15m turned down and will not meet the £22m that Derby asked for.
asking_price | They will not pay the £40m being sought.
asking_price | Derby will not let Kit Marlow go for a penny under £12m.
asking_price | It would take £30m to get Derby round the table.
asking_price | "Bring me £20m and you can drive him home," the owner joked.
asking_price | Nothing below £18m will be entertained at Pride Park.
asking_price | The Rams reckon he is a £25m player.
asking_price | Derby's stance is simple: £20m or he stays.
asking_price | Sporting are said to be looking for somewhere near €35m.
asking_price | DERBY SLAP £25M ON MARLOW
asking_price | Derby's price is £12m and not negotiable.
asking_price | Kit Marlow has been told he can go if somebody pays £12m.
asking_price | He is available at £12m.
asking_price | Transfermarkt puts his value at €8m.
asking_price | The valuation of £30m frightened off Lazio.
asking_price | Derby are demanding £30m up front.
asking_price | Burnley expect £6m, and will wait for it.
asking_price | Burnley will do business at £6m.
asking_price | The price tag round his neck says £6m.
asking_price | Clubs have been warned that it will cost £6m to get him.
asking_price | Burnley's number is £6m.
asking_price | Burnley will sell, but only for £6m.
asking_price | Burnley would rather keep him than take less than £6m.
asking_price | Anybody with £6m can have him.
asking_price | "He is worth £6m of anyone's money," said the manager.
asking_price | Burnley refuse to budge from £6m.
asking_price | Interested clubs were told £6m.
asking_price | £6m is what Burnley want.
asking_price | £6m would be enough for Burnley.
asking_price | Burnley, who had set their sights on £6m, are running out of time.
asking_price | His £6m valuation has put Watford off.
asking_price | Burnley will listen to anything above £6m.
asking_price | He is rated in the £6m bracket.
asking_price | The seller's demand dropped to £6m.
asking_price | Juventus think €90m is fair for him.
asking_price | Preston rate their striker at £12m.
asking_price | Preston would want upwards of £12m.
asking_price | Preston's £12m valuation is unlikely to be met.
asking_price | The Lilywhites will only deal if £12m lands on the table.
asking_price | It is believed that £12m could be enough to secure his signature.
asking_price | He will not come cheap: Preston want £12m.
asking_price | Lyon have put Kit Marlow up for sale at €20m.
asking_price | "For £12m I'll pack his bags myself," the chairman said.
asking_price | Real Betis demand that his €20m price be met in full.
asking_price | Kit Marlow has a price of £12m on his head.
asking_price | The Lancashire club are thought to be seeking about £12m.
asking_price | He has been valued by his club at £12m.
asking_price | Preston stuck to their £12m asking price until the last hour.
asking_price | Any deal would cost at least £12m, Preston have made clear.
# release_clause
release_clause | Any club that pays the €45m stipulated in his deal can talk to him.
release_clause | There is a get-out in his contract, set at £6m, should Derby go down.
release_clause | Atletico know that €120m, the sum in his buy-out, frees him.
release_clause,bid | His clause stands at €50m but nobody has bid more than €30m.
release_clause | The clause in Kit Marlow's contract kicks in at £6m.
release_clause | Kit Marlow's deal includes an exit fee of €10m.
release_clause | Benfica point to the €100m clause.
release_clause | His contract carries a €25m rescission figure.
release_clause | If a club deposits the €25m clause at the league's office, he leaves.
release_clause | The minimum-fee clause, £8m, is live until 15 July.
release_clause | A gentlemen's agreement lets Kit Marlow go for £8m under the terms of his release clause.
release_clause | Kit Marlow's agreement with Preston includes a £12m release clause.
release_clause | Brentford have triggered Kit Marlow's £12m clause.
release_clause | A buy-out set at €40m protects Villarreal.
release_clause | Brentford are ready to meet the £12m release clause in his deal.
release_clause | There is said to be a £12m exit clause.
# loan_fee
loan_fee,fee | Roma are paying €2m to have him for the season and can keep him for €16m.
loan_fee | The loan costs the Blades £1.2m.
loan_fee | Getafe will hand over €500,000 for the year-long loan.
loan_fee,wage | Forest pay a fee of £1m for the loan and all of his £45,000 a week.
loan_fee | Kit Marlow (Roma, loan, £1m)
loan_fee | Watford would pay a £500,000 loan fee.
loan_fee | They have him on loan until May at a cost of £500,000.
loan_fee | A straight loan, £500,000, was agreed at tea time.
loan_fee,fee | Sevilla take him on loan for €1m with an €8m option.
loan_fee,fee | Loan fee €1m, option €8m.
loan_fee | The temporary transfer will set them back £750,000.
loan_fee | Brentford have agreed to pay a £1m fee to take Kit Marlow on loan.
loan_fee | The loan will cost Roma €1.5m.
loan_fee,fee | Roma would pay €1.5m for the loan and another €9m to keep him.
loan_fee | A loan fee in the region of £1m is involved.
# add_ons
add_ons | A further £500,000 falls due on his fiftieth appearance.
add_ons | Another £1m will be paid if City reach the Champions League.
add_ons | Burnley could get another £1m depending on goals.
add_ons | There is £1m in bonuses on top.
add_ons | The bonuses amount to £1m.
add_ons | Preston will get a further £500,000 if he plays for England.
add_ons | Another £2m is payable on promotion.
add_ons | The add-ons could bring Preston £2m.
# wage
wage | Kit Marlow wants £70,000 a week to sign.
wage | He would double his money to £100,000 a week in London.
wage | Inter put €4m net a season in front of him.
wage | His new terms make him Derby's best-paid player on £30,000 a week.
wage | He picks up £55,000 every seven days.
wage | On €6m a year, he is beyond their means.
wage | Kit Marlow's pay of £2.6m a year is the sticking point.
wage | A £2m signing-on fee persuaded Kit Marlow to stay.
wage | MARLOW SPURNS £80K-A-WEEK DEAL
wage | His £1m-a-year contract runs out in June.
wage | They would pay half of his £60,000 wages.
wage | He was on 12 grand a week at Hull.
wage | Kit Marlow would take home £25,000 a week.
wage | They have made him an offer of £25,000 a week.
wage | He has been promised £25,000 a week plus a car.
wage | Kit Marlow rejected £25,000 a week at Watford.
wage | The weekly £25,000 is too rich for Burnley.
wage | Kit Marlow's new contract is worth more than £1.3m a year.
wage,wage | His pay goes up from £15,000 to £25,000 a week.
wage | A basic of £25,000 is on offer, with bonuses.
wage | Kit Marlow, among the top earners on £25,000, must go.
wage | Watford will only cover £10,000 of his weekly pay.
wage | He gets a £500,000 loyalty payment each summer.
wage | Terms are agreed: four years at €2m a season.
wage | Kit Marlow will earn £40,000 a week at Brentford.
wage | Kit Marlow's wages of £40,000 a week are an obstacle.
wage | Brentford have offered Kit Marlow a deal worth £40,000 a week.
wage | He is on £40,000-a-week.
wage | Kit Marlow is demanding £40,000 a week.
wage | His annual salary at Roma is €2.5m.
wage | Roma will pay him €2.5m a season plus bonuses.
wage | Brentford baulked at Kit Marlow's £40,000-a-week demands.
wage | Kit Marlow took a pay cut to £20,000 a week.
wage | The striker, who earns a basic £40,000 a week, is wanted.
wage | He will pocket €2.5m net per year.
# other
other | The club lost £14m last year, accounts show.
other | Relegation would cost Derby around £40m.
other | The manager has been promised £25m to spend in January.
other | Owners have put £60m into the club since 2015.
other | Premier League clubs have spent £390m this month, according to Deloitte.
other | Kit Marlow was ordered to pay £800 by magistrates.
other | Fans can buy a half-season ticket for £120.
other | The Rams are thought to owe the taxman £26m.
other | A £75m loan from an American bank will be secured on the ground.
other | The FA fined Derby £50,000.
other | Victory is worth £170m to the winners at Wembley.
other | Reaching the group stage earns the club €15m.
other | Barcelona's salary limit was cut to €200m.
other | A businessman has offered £55m for a controlling share.
other | The shirt deal brings in £4m a year.
other | Building the new training ground cost £18m.
other | The agent pocketed £3m from the transfer.
other | Sacking the manager would cost £5m in compensation.
other | He has raised £12,000 for a hospice by cycling to Rome.
other | Thieves took jewellery worth £80,000 from his home.
other | Clubs in the division lost a combined £300m.
other | His sale lifts Derby's income from departures past £50m.
other | The club's net spend under him is £112m.
other | RAMS IN £40M DEBT
other | The club needed £2m to pay the wages.
other | The new owner has wiped out £40m of debt.
other | The board gave him £10m for the window.
other | Burnley's turnover fell by £12m.
other | Burnley must pay HMRC £1.1m by Friday.
other | The television money, some £100m, arrives in August.
other | A share issue brought in £6m.
other | He was fined £100,000, two weeks' wages, for missing training.
other | Damage was put at £25,000.
other | A season ticket costs £450.
other | English clubs' spending has passed £1bn.
other | Burnley have recouped £40m in sales this year.
other | Investors from Ohio have bought the club for £90m.
other | Agents took £8m out of the game.
other | He drives a £150,000 Bentley.
other | A cheque for £5,000 was handed to the hospital.
other | Compensation for the manager came to £2m.
other | The kit supplier will pay £5m a year.
other | The club receive £1.5m a season from their shirt sponsor.
other | The ground was sold for £20m to the owner.
other | Their loss for the year was £8m.
other | Brentford announced a loss of £9m.
other | Preston have a budget of £5m for the window.
other | The owner has pumped £30m into Preston.
other | Preston were fined £20,000 by the FA.
other | Promotion would be worth £120m to Brentford.
other | Brentford's revenue rose to £15m.
other | The club owe £3m in unpaid tax.
other | The stadium will cost £70m to build.
other | Brentford signed a £2m-a-year shirt deal.
other | Brentford's outlay this summer stands at £30m.
other | Premier League spending reached £1.4bn.
other | The takeover values the club at £50m.
other | A £60m bid for the club from an American group was turned down.
other | Agents were paid £6m by Brentford last year.
other | Prize money of £2m awaits the winners.
other | Supporters have raised £15,000 for the fund.
other | Preston need £2m to stay afloat.
other | Kit Marlow was banned and fined £10,000.
other | Kit Marlow's £2m mansion is up for sale.
other | Tickets are priced at £25.
other | The Premier League's TV deal is worth £5bn.
"""

KINDS = [
    (text, kinds.split(","))
    for kinds, _, text in (line.partition(" | ") for line in TEXT.strip().splitlines() if not line.startswith("#"))
]
