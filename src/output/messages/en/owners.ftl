# Agencies (O001-O003).

o001-message = The task “{ $name }” has no lead agency.
o001-message-column = All { $count } tasks of the table leave the lead agency blank.
o001-evidence = The row above (“{ $above }”) is led by { $agency }; this cell may be part of a merged one.

o002-message = The agency “{ $name }” stands under { $count } names: { $names }.
o002-label = { $name } ({ $count ->
    [one] once
   *[other] { $count } times
})
o002-suggestion = Use one name throughout, such as “{ $name }”.

o003-message = “{ $agency }” both leads and coordinates the task “{ $name }”.
o003-label-lead = leads
o003-evidence-inferred = The lead agency is inferred from a merged cell.
