package extract

import "strings"

// weekdayCodes are the days of the week as counted in Vietnamese, Monday the second.
var weekdayCodes = map[string]string{
	"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR", "6": "FR", "bảy": "SA", "bẩy": "SA", "7": "SA",
}

// weekdays reads days of the week and returns their BYDAY codes.
//
//	weekdays = weekday {("," | "và") weekday}
//	weekday  = "thứ" N | "chủ nhật"
func (s *scan) weekdays(i int) (codes string, next int) {
	var all []string
	for j := i; len(all) < 7; {
		if len(all) > 0 {
			if t := at(s.ts, j); t.text != "," && t.low != "và" {
				break
			}
			j++
		}
		if at(s.ts, j).low == "chủ" && at(s.ts, j+1).low == "nhật" {
			all = append(all, "SU")
		} else if code, ok := weekdayCodes[at(s.ts, j+1).low]; ok && at(s.ts, j).low == "thứ" {
			all = append(all, code)
		} else {
			break
		}
		j += 2
		next = j
	}
	if len(all) == 0 {
		return "", i
	}
	return strings.Join(all, ","), next
}

// weekly reads "thứ Năm hằng tuần" and "hằng tuần vào thứ Năm".
//
//	weekly = [hour] weekdays every-week | [hour] every-week ["," | "("] ["vào" | "trước"] [hour] weekdays [")"]
func (s *scan) weekly(i, from int) (mention, int) {
	hour, start := s.hour(i)
	if hour != "" && start >= s.floor {
		from = start
	}
	codes, next := s.weekdays(i)
	if next > i {
		f, after := s.every(next)
		if f != weekly {
			return mention{}, i
		}
		next = after
	} else {
		f, j := s.every(i)
		if f != weekly {
			return mention{}, i
		}
		open := at(s.ts, j).text == "("
		if open || at(s.ts, j).text == "," {
			j++
		}
		if l := at(s.ts, j).low; l == "vào" || l == "trước" {
			j++
		}
		if h, after, ok := s.hourAt(j); ok {
			hour, j = h, after
		}
		if codes, next = s.weekdays(j); next == j {
			return mention{}, i
		}
		if open && at(s.ts, next).text == ")" {
			next++
		}
	}
	return mention{from: from, kind: DueRecurring, unit: unitDay, hour: hour, rule: "FREQ=WEEKLY;BYDAY=" + codes, pre: before{before: true}}, next
}
