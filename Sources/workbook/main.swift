print("usage: workbook run PATH…")
