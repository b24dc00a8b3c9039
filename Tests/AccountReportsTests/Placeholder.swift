// Tests of the reports follow.
