"""Sentences with their dates: `[expression=first..last]`, `[expression=day]`, `[expression=?]` for no bounds.

CASES gives the day of publication of each block. Text outside of brackets has no dates.
"""

from __future__ import annotations

WEDNESDAY = """
# weekdays: the tense decides
He joined Roma on [Tuesday=2020-09-22].
Roma said on [Wednesday=2020-09-23] that he would stay.
He will have a medical on [Thursday=2020-09-24].
He will have a medical on [Wednesday=2020-09-23].
Leeds host Fulham on [Saturday=2020-09-26].
Leeds lost at Fulham on [Saturday=2020-09-19].
Leeds travel to Everton on [Monday=2020-09-28].
He missed [Saturday=2020-09-19]'s defeat by Everton.
He will miss [Saturday=2020-09-26]'s trip to Everton.
He is in the squad for [Sunday=2020-09-27].
Speaking ahead of [Sunday=2020-09-27]'s match, he laughed.
A bid is expected on [Friday=2020-09-25].
He was told on [Friday=2020-09-18] to stay away.
He is set to fly in on [Friday=2020-09-25].
He is due in Rome on [Friday=2020-09-25].
He has trained alone since [Monday=2020-09-21].
They have until 5pm on [Monday=2020-09-28].
They have until [Monday=2020-09-28] to answer.
They met on [Monday=2020-09-21] night at a hotel in Leeds.
The deal should be completed by [Friday=2020-09-25].
The deal was completed on [Friday=2020-09-18].
The deal could be completed on [Friday=2020-09-25].
He should have signed on [Friday=2020-09-18].
He might play on [Sunday=2020-09-27].
He'll be there on [Sunday=2020-09-27].
He won't be there on [Sunday=2020-09-27].
The window closes on [Monday=2020-09-28].
On [Thursday=2020-09-24] he will see a doctor.
On [Thursday=2020-09-17] he saw a doctor.
[Monday=2020-09-21]'s gossip from the back pages
[SUNDAY=2020-09-20]'S GOSSIP
He had his knee scanned on [monday=2020-09-21].
Marca wrote on [Sunday=2020-09-20] that Betis had agreed.
He met the agent, a Mr Pell, on [Tuesday=2020-09-22] and a bid is expected on [Friday=2020-09-25].
He left on [last Friday=2020-09-18].
The window shuts [next Thursday=2020-10-01].
He flies in [this Friday=2020-09-25].
He signed on [last Wednesday=2020-09-16].
They meet on [Tuesday of next week=2020-09-29].
They met on [Tuesday last week=2020-09-15].
They meet on [Friday week=2020-10-02].
They meet [a week on Friday=2020-10-02].
He is expected to sign at midnight on [Monday=2020-09-28].
Two players were sent off in [Sunday=2020-09-20]'s 1-1 draw.
The club reports back on [Monday=2020-09-28].
The rules come into force on [Sunday=2020-09-27].
He might have left on [Friday=2020-09-18].
They said he would have a medical on [Friday=2020-09-25].
They are sending him back to Rome on [Sunday=2020-09-27].
The window shuts [next Monday=2020-09-28].
The window shuts [this Thursday=2020-09-24].
The club presented its shirt [this Tuesday=2020-09-22].
He assured the press of it [this Monday=2020-09-21].
The window shuts [coming Saturday=2020-09-26].
There is a tie against Hull on [Saturday=2020-09-26] to think about.
He has a meeting with the doctor on [Thursday=2020-09-24].
Asked for two names after the tie at Hull on [Saturday=2020-09-19], he laughed.
He is to take a medical on [Friday=2020-09-25].
They entertain Hull on [Saturday=2020-09-26].
He wouldn't hear a word of it on [Tuesday=2020-09-22].
He would not be drawn on [Monday=2020-09-21].
[MONDAY=2020-09-21]'S BEST
They hope to have him signed by [Friday=2020-09-25].
They had him signed by [Friday=2020-09-18].
They can sign him before [Friday=2020-09-25]'s deadline.
Hull start at Leeds on [Saturday=2020-09-26].
Roma, who do not like to be left out, rang on [Sunday=2020-09-20].
Hull rang on [Friday=2020-09-18] and Roma, who do not like to be left out, on [Sunday=2020-09-20].
He is out of contract in the [summer=2021-06-01..2021-08-31].
They have a deal lined up for the [summer=2021-06-01..2021-08-31].
He sat on the bench until [August=2020-08-01..2020-08-31].
He spent ten days on trial at the club before [Easter=2020-04-12].
By [Saturday=2020-09-19] night there was an answer.
Hull, who lost in the play-off final in [May=2020-05-01..2020-05-31], have sold him.
He goes back on [Monday=2020-09-28].
# the day of the month alone
It is now the [20th=2020-09-20] and nobody has signed.
They have until the [30th=2020-09-30].
They have until the [5th=2020-10-05], he said.
He left on the [3rd=2020-09-03].
He scored on the 20th minute, in the 21st century, with the 19th touch.
# days near publication
He signed [yesterday=2020-09-22].
He signed [yesterday=2020-09-22] morning.
He signs [today=2020-09-23].
[Today=2020-09-23]'s paper says he is off.
He signs [tomorrow=2020-09-24].
He plays [tonight=2020-09-23].
Hibs [last night=2020-09-22] told Wolves no.
He signed [this morning=2020-09-23].
He flew out earlier [today=2020-09-23].
It was over by the [day before yesterday=2020-09-21]? No: by [yesterday=2020-09-22].
He is back the [day after tomorrow=2020-09-25].
# weeks, months, years
He is expected in Leeds [this week=2020-09-21..2020-09-27].
He was in Leeds [last week=2020-09-14..2020-09-20].
He will be in Leeds early [next week=2020-09-28..2020-10-04].
A new offer arrives later [this week=2020-09-21..2020-09-27].
He joined [last month=2020-08-01..2020-08-31].
He joins [next month=2020-10-01..2020-10-31].
He joined earlier [this month=2020-09-01..2020-09-30].
He joined [last year=2019-01-01..2019-12-31].
He is free [next year=2021-01-01..2021-12-31].
He has played little [this year=2020-01-01..2020-12-31].
He leaves at the [end of the month=2020-09-30].
He leaves at the [end of the year=2020-12-31].
He has been out since the [start of the year=2020-01-01].
He has been out since the [turn of the year=2020-01-01].
The captain at the [start of the year=2020-01-01], Pell.
He will go at the [start of the year=2021-01-01].
They want it done by the [weekend=2020-09-26..2020-09-27].
They agreed it at the [weekend=2020-09-19..2020-09-20].
They meet [this weekend=2020-09-26..2020-09-27].
They met [last weekend=2020-09-19..2020-09-20].
They meet [next weekend=2020-10-03..2020-10-04].
He was watched [two weeks ago=2020-09-07..2020-09-13].
He was watched [a fortnight ago=2020-09-07..2020-09-13].
He was watched [ten days ago=2020-09-13].
He arrived [three years ago=2017-01-01..2017-12-31].
He arrived [a year ago=2019-01-01..2019-12-31].
He arrived less than [a month ago=2020-08-01..2020-08-31].
He arrived [18 months ago=2019-03-01..2019-03-31].
He arrived [two seasons ago=2018-07-01..2019-06-30].
He was watched [several weeks ago=?].
He arrived [fourteen months ago=2019-07-01..2019-07-31].
He arrived [twenty years ago=2000-01-01..2000-12-31].
He is back in [two weeks' time=2020-10-05..2020-10-11].
# expressions without definite bounds
He could join in the [next few days=?].
It will be settled in the [coming weeks=?].
It will be settled in the [next couple of days=?].
He has been injured in [recent weeks=?].
He has been on loan for the [past two seasons=?].
He has grown in the [past year=?].
He has worked hard in the [last couple of months=?].
It will be done in the [coming days=?].
They have sold nobody in the [last three windows=?].
# months
He joined in [January=2020-01-01..2020-01-31].
He will join in [January=2021-01-01..2021-01-31].
He joined in [September=2020-09-01..2020-09-30].
A [January=2021-01-01..2021-01-31] move is likely.
He is wanted in the [January window=2021-01-01..2021-01-31].
He left in the [January transfer window=2020-01-01..2020-01-31].
In [2018=2018-01-01..2018-12-31] he left Hull; [that summer=2018-06-01..2018-08-31] he joined Roma.
He left on [3 May 2018=2018-05-03] and was bought [that January=2018-01-01..2018-01-31] by Roma.
He signed in [May=2020-05-01..2020-05-31].
He was sold in [March=2020-03-01..2020-03-31].
he left in [may=2020-05-01..2020-05-31] and may march on.
He has not started since [August=2020-08-01..2020-08-31].
His deal runs until [June=2021-06-01..2021-06-30].
His contract expires in [June=2021-06-01..2021-06-30].
He left at the end of [July=2020-07-01..2020-07-31].
He is out until mid-[October=2020-10-01..2020-10-31].
He is out until late [November=2020-11-01..2020-11-30].
They turned down a bid [last May=2020-05-01..2020-05-31].
They turned down a bid [last January=2020-01-01..2020-01-31].
He can leave [next January=2021-01-01..2021-01-31].
He is on loan until [next June=2021-06-01..2021-06-30].
They should have done it in [July=2020-07-01..2020-07-31].
A bid by Hull to host the match had been rejected in [March=2020-03-01..2020-03-31].
LEEDS SOLD TWO IN [AUGUST=2020-08-01..2020-08-31]
He was at Hull until [June=2020-06-01..2020-06-30].
He has been linked with a [January=2021-01-01..2021-01-31] switch.
He completed a [January=2020-01-01..2020-01-31] switch.
The [January=2020-01-01..2020-01-31] signing will miss the trip.
Hull can call him back in [January=2021-01-01..2021-01-31].
Until [May=2020-05-01..2020-05-31] there was one club in town.
He was ruled out until [March=2021-03-01..2021-03-31].
# days of months
He joined on [14 August=2020-08-14].
He joined on [August 14=2020-08-14].
He joined on the [14th of August=2020-08-14].
He joined on [14th August=2020-08-14].
He joined on [August 14th=2020-08-14].
The window shuts on [October 5=2020-10-05].
The window shuts on [5 October=2020-10-05].
The window shuts on [Oct 5=2020-10-05].
The window shuts on [Oct. 5=2020-10-05].
His deal ends on [30 June=2021-06-30].
He is free to leave before [June 30=2021-06-30].
He is free on [June 30 next year=2021-06-30].
He is free on [30 June next year=2021-06-30].
ROME, [Sept 23=2020-09-23] (Reuters) - Roma have signed him.
Town play Hull on [Saturday 26 September=2020-09-26].
Town play Hull on [Saturday, September 26=2020-09-26].
Ties will be played on [2-5 January=2021-01-02..2021-01-05].
Captain signs new deal ([11 September=2020-09-11])
He was sold on [30June=2020-06-30].
# seasons
He scored 14 goals in the [2019/20 season=2019-07-01..2020-06-30].
He scored 14 goals in the [2019-20 season=2019-07-01..2020-06-30].
He scored 14 goals in [2018-19=2018-07-01..2019-06-30].
He scored 14 goals in [2018–19=2018-07-01..2019-06-30].
He scored 14 goals in the [2019/2020=2019-07-01..2020-06-30] Serie A.
He scored 14 goals in the [18/19 season=2018-07-01..2019-06-30].
He scored 14 goals in [1999-2000=1999-07-01..2000-06-30].
He scored 14 goals [last season=2019-07-01..2020-06-30].
He has scored once [this season=2020-07-01..2021-06-30].
He will retire after [next season=2021-07-01..2022-06-30].
He scored once in the [new season=2020-07-01..2021-06-30].
He scored once in the [current campaign=2020-07-01..2021-06-30].
He scored once [last term=2019-07-01..2020-06-30].
He was ever present the [season before last=2018-07-01..2019-06-30].
He leaves at the [end of the season=2021-06-30].
He leaves on the [last day of the season=2021-06-30].
He leaves at the end of [next season=2021-07-01..2022-06-30].
He is on loan for the rest of the [2020-21 season=2020-07-01..2021-06-30].
He was there in [2015-2018=2015-01-01..2018-12-31].
# summers, winters and windows
He joined [last summer=2020-06-01..2020-08-31].
He joined [this summer=2020-06-01..2020-08-31].
He is out of contract [next summer=2021-06-01..2021-08-31].
He was watched over the [summer=2020-06-01..2020-08-31].
He cannot wait until the [summer=2021-06-01..2021-08-31].
He joined in the [summer of 2018=2018-06-01..2018-08-31].
He joined in [summer 2018=2018-06-01..2018-08-31].
He joined in the [summer of '96=1996-06-01..1996-08-31].
He joined in the [2018 summer window=2018-06-01..2018-08-31].
Eight left in the [summer window=2020-06-01..2020-08-31].
He joined in the [winter of 2018=2018-12-01..2019-02-28].
He has not played since the [winter=2019-12-01..2020-02-29].
He arrived [two summers ago=2019-06-01..2019-08-31].
He said no in the [spring=2020-03-01..2020-05-31].
They will talk in the [autumn=2020-09-01..2020-11-30].
He left in the [January 2019 window=2019-01-01..2019-01-31].
He left in the [January window of 2018=2018-01-01..2018-01-31].
He scored nine in [2018‑19=2018-07-01..2019-06-30].
He flew in on [deadline  day=2020-10-05].
He's back in [November=2020-11-01..2020-11-30].
It was quiet on [deadline day=2020-10-05].
It was quiet on [transfer deadline day=2020-10-05].
It was quiet on [January deadline day=2020-01-31].
It is the [final day of the transfer window=2020-10-05].
# holidays
He is out until [Christmas=2020-12-25].
Hull play on [Boxing Day=2020-12-26].
He arrived on [New Year's Day=2020-01-01].
He has not played since [Easter=2020-04-12].
He left on [Christmas Eve 2018=2018-12-24].
They can talk in the [new year=2021-01-01..2021-12-31].
"""

# In June the season ends; the next one starts in July.
JUNE = """
He scored nine [last season=2023-07-01..2024-06-30].
He scored nine the [season before last=2022-07-01..2023-06-30].
He scored nine [this season=2023-07-01..2024-06-30].
He will start [next season=2024-07-01..2025-06-30] in Rome.
They are building for the [new season=2024-07-01..2025-06-30].
They are building for the [coming season=2024-07-01..2025-06-30].
He leaves at the [end of the season=2024-06-30].
He arrived [last summer=2023-06-01..2023-08-31].
He leaves [this summer=2024-06-01..2024-08-31].
He leaves [next summer=2025-06-01..2025-08-31].
They have made a [summer=2024-06-01..2024-08-31] bid.
He is free on [1 July=2024-07-01].
He joined on [1 July=2023-07-01] from Hull.
He was signed in [January=2024-01-01..2024-01-31].
He leaves in [July=2024-07-01..2024-07-31].
"""

JANUARY = """
Leeds will bid in [January=2022-01-01..2022-01-31].
Leeds bid in [December=2021-12-01..2021-12-31].
Leeds hope to sell him in the [January window=2022-01-01..2022-01-31].
He can talk to clubs abroad from [January=2022-01-01..2022-01-31].
He came [last January=2021-01-01..2021-01-31].
He came [last August=2021-08-01..2021-08-31].
He goes [next January=2023-01-01..2023-01-31].
He came in the [summer=2021-06-01..2021-08-31].
He will go in the [summer=2022-06-01..2022-08-31].
A [summer=2022-06-01..2022-08-31] move is possible.
He came [last summer=2021-06-01..2021-08-31].
He came [this winter=2021-12-01..2022-02-28].
He came before [Christmas=2021-12-25].
He leaves at the [end of the season=2022-06-30].
They sold him on [deadline day=2022-01-31].
They sold him on [summer deadline day=2021-08-31].
"""

# Without a day of publication only absolute dates have bounds.
UNDATED = """
He joined on [Tuesday=?].
He joined [yesterday=?].
He joined in [January=?].
He joined in the [January transfer window=?].
He joined on [30 June=?].
He joined [last summer=?].
He joined in the [summer=?].
He scored nine [this season=?].
He scored nine in the [current campaign=?].
He leaves at the [end of the season=?].
He joined [a year ago=?].
He joined in the [last couple of months=?].
He left on [deadline day=?].
He came back at [Christmas=?].
They meet [this week=?] and at the [weekend=?].
He won the Cup in [1995=1995-01-01..1995-12-31].
He scored between [1946=1946-01-01..1946-12-31] and [1957=1957-01-01..1957-12-31].
He stays until [May 2008=2008-05-01..2008-05-31].
He stays until [30 June 2009=2009-06-30].
He stays until [June 30 2009=2009-06-30].
He stays until [June 30, 2009=2009-06-30].
He stays until [30th June, 2009=2009-06-30].
He stays until [30/06/2009=2009-06-30].
He stays until [30.06.2009=2009-06-30].
He stays until [30-06-2009=2009-06-30].
He stays until [30/6/09=2009-06-30].
He stays until [2009-06-30=2009-06-30].
He came on [05/04/2009=2009-04-05].
He came on [Thursday, Sept 3rd 2009=2009-09-03].
He came on [Thurs 3 Sept 2009=2009-09-03].
He came on the [1st of July 2009=2009-07-01].
He came in [Sept 2009=2009-09-01..2009-09-30].
He came in [September of 2009=2009-09-01..2009-09-30].
He came in [August, 2009=2009-08-01..2009-08-31].
He came in the [2008-09 season=2008-07-01..2009-06-30].
He came in the [summer of 2009=2009-06-01..2009-08-31].
He played there in the [1990s=1990-01-01..1999-12-31].
He played there in the [nineties=1990-01-01..1999-12-31], not in the late [Eighties=1980-01-01..1989-12-31].
He played there in the ['90s=1990-01-01..1999-12-31].
He came in ['98=1998-01-01..1998-12-31] and left in [’02=2002-01-01..2002-12-31].
He stays until at least [2012=2012-01-01..2012-12-31].
He came in [2009=2009-01-01..2009-12-31]. In [2012=2012-01-01..2012-12-31] he left.
The [2018=2018-01-01..2018-12-31] final was his last match.
It ends on [31 June 2009=?].
Filed on [31-Jul-2009=2009-07-31].
He won the World Cup in [1998=1998-01-01..1998-12-31].
"""

NONE = """
He signed a five-year deal.
The 24-year-old is out for six months.
He has 18 months left, and in 18 months he is free.
He is paid £90,000 a week.
He told the Sunday Times that he was happy.
He told the Sunday Mirror that he was happy.
(Mail on Sunday)
(Independent on Sunday)
(Daily Star Sunday)
He was on Monday Night Football.
He follows football 24/7.
They lined up in a 4-4-2 and won 2-0.
They lined up in a 4-2-3-1.
He played at Euro 2020.
His World Cup summer ended early.
After a Euros summer he was tired.
He played at World Cup 2018.
He played at the 2018 World Cup.
He plays for the U21 side and the Under-23s.
It kicks off at 7.45pm.
It kicked off at 1945 GMT.
They may sell him.
He may leave, and so may Pell.
He is the second man to leave.
Fans march on the ground.
March on, said the manager.
They want £80m.
They want £2000 and $1999.
They paid € 2000 for it.
He wears No 9 and scored 20 goals.
He is 1.85m and ran 2000 metres.
There were 2000 fans and 1,950 of them sang.
It is a 2-1 win, 3/4 of it luck.
He left recently and will be back soon.
He knows now what he knew earlier.
The transfer window is open.
He is out for the season.
He returned at the start of the season.
It happens every June.
The owner is in his eighties.
He loves Tuesday nights in Milan.
It was on a Sunday that they met.
He has never been one for Sundays.
He can spring a surprise.
He took a fall.
Happy new year, said the chairman.
They play at Easter Road.
He buys USA Today.
It was Black Friday for Hull.
He supports Sheffield Wednesday.
This is the last year of his contract.
He is in the final season of his deal and the last six months of his contract.
The hour-long talks took 48 hours and a few minutes.
He scored in the last minute.
The first day was long, and a day later he left.
He had 20 per cent of 2020%.
Call 0161 2020 2021 or 07700-900-2019.
Only 5 may play.
1930 In comes the left-back.
He is 6ft 5in, 31, and weighs 90kg.
See bbc.example/2019/05/ for more.
"""

# On a Monday "this weekend" may be the last one; late in August a future summer is the next one.
MONDAY = """
What they said [this weekend=2014-05-10..2014-05-11].
They will play [this weekend=2014-05-17..2014-05-18].
"""

AUGUST = """
He is out of contract in the [summer=2025-06-01..2025-08-31].
He joined in the [summer=2024-06-01..2024-08-31].
They have spent £80m [this summer=2024-06-01..2024-08-31].
They can sign him before [Friday=2024-08-30]'s deadline.
He came [last season=2023-07-01..2024-06-30] and stays until the [end of the season=2025-06-30].
"""

# A plan in the past perfect: the day may be shortly after publication.
PLANS = """
He had targeted a return against Hull on [23 February=2005-02-23].
They had originally hoped to have him back for the match on [February 12=2005-02-12].
He had been due to fly out on [3 February=2005-02-03].
A friendly had been pencilled in for [12 March=2005-03-12].
He had targeted a return on [20 January=2005-01-20].
He had hoped for a return on [31 August=2004-08-31].
He had scored against Hull on [23 February=2004-02-23].
He had hoped to rest, but had scored against Hull on [23 February=2004-02-23].
He had hoped for a return in [March=2004-03-01..2004-03-31].
"""

# Deadline days after the last one of windows.csv follow its rule.
FUTURE = """
They hope to sign him on [deadline day=2029-01-31].
They will sell him on [summer deadline day=2029-08-31].
They sold him on [summer deadline day=2028-08-31].
"""

CASES = {
    "2020-09-23": WEDNESDAY,
    "2024-06-05": JUNE,
    "2022-01-11": JANUARY,
    "2014-05-12": MONDAY,
    "2024-08-27": AUGUST,
    "2005-01-28": PLANS,
    "2029-01-20": FUTURE,
    None: UNDATED + NONE,
}
