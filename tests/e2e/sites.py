"""Sites of partners that more than one test runs an adapter for."""

CHECK_INS = """\
[feed]
name = "check-ins"
zone = "America/New_York"
authority = "AGENCY"
owner = "County Probation"
[watch]
folder = "agency-in"
[csv]
date_format = "MM/DD/YYYY"
time_format = "h:mm am/pm"
updated_format = "YYYY-MM-DD HH:mm"
default_minutes = 30
[csv.columns]
client = "CLIENT_NO"
check_in = "CHECKIN_ID"
officer = "OFFICER"
date = "SCHED_DATE"
time = "SCHED_TIME"
place = "OFFICE"
type = "TYPE"
status = "STATUS"
updated = "UPDATED"
[status]
SCHEDULED = "scheduled"
"""
