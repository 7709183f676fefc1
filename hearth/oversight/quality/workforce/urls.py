"""Addresses of courses and training."""

from django.urls import path

from hearth.oversight.quality.workforce.attendance import views as attendance
from hearth.oversight.quality.workforce.competence import views as competence
from hearth.oversight.quality.workforce.courses import views as courses
from hearth.oversight.quality.workforce.needs import views as needs
from hearth.oversight.quality.workforce.supervision import views as supervision

urlpatterns = [
    path("courses/", courses.courses, name="courses"),
    path("courses/add/", courses.add_course, name="add_course"),
    path("courses/<str:reference>/", courses.course, name="course"),
    path("courses/<str:reference>/change/", courses.change_course, name="change_course"),
    path("courses/<str:reference>/run/", courses.add_course_run, name="add_course_run"),
    path("course-runs/<str:reference>/", courses.course_run, name="course_run"),
    path("course-runs/<str:reference>/change/", courses.change_course_run, name="change_course_run"),
    path("course-runs/<str:reference>/cancel/", courses.cancel_course_run, name="cancel_course_run"),
    path("course-runs/<str:reference>/book/", courses.book_course, name="book_course"),
    path("course-runs/<str:reference>/attendance/", attendance.record_attendance, name="record_attendance"),
    path("course-runs/<str:reference>/places/<str:person>/take/", courses.take_offered_seat, name="take_offered_seat"),
    path("course-runs/<str:reference>/places/<str:person>/give-up/", courses.cancel_booking, name="cancel_booking"),
    path("training/", competence.my_training, name="my_training"),
    path("training/team/", competence.team_training, name="team_training"),
    path("training/team/download/", competence.download_team_training, name="download_team_training"),
    path("training/needs/", needs.training_needs, name="training_needs"),
    path("training/needs/<uuid:key>/answer/", needs.answer_need, name="answer_need"),
    path("training/gaps/", competence.training_gaps, name="training_gaps"),
    path("training/<str:reference>/", competence.training_of, name="training_of"),
    path("training/<str:reference>/record/", competence.record_training, name="record_training"),
    path("training/<str:reference>/<uuid:key>/take-back/", competence.withdraw_training, name="withdraw_training"),
    path("supervision/", supervision.supervisions, name="supervisions"),
    path("supervision/start/", supervision.start_supervision, name="start_supervision"),
    path("supervision/<str:reference>/", supervision.supervision, name="supervision"),
    path("supervision/<str:reference>/write/", supervision.write_supervision_note, name="write_supervision_note"),
    path(
        "supervision/<str:reference>/notes/<int:number>/change/",
        supervision.change_supervision_note,
        name="change_supervision_note",
    ),
    path(
        "supervision/<str:reference>/notes/<int:number>/agree/",
        supervision.agree_supervision_note,
        name="agree_supervision_note",
    ),
    path("supervision/<str:reference>/end/", supervision.end_supervision, name="end_supervision"),
    path("supervision/<str:reference>/open/", supervision.open_supervision, name="open_supervision"),
]
