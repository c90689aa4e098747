"""Endpoints of who asks to take part and who was admitted: the same acts as on the pages, by the same people."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import path

from accounts import actions
from accounts.models import AdmissionObjection, Application, ApplicationLicence
from accounts.permissions import Permission
from accounts.serializers.applications import (
    AdmissionObjectionSerializer,
    AdmissionSerializer,
    AnswerAdmissionObjectionSerializer,
    ApplicationSerializer,
    LicenceFileSerializer,
    ObjectToAdmissionSerializer,
    RefuseApplicationSerializer,
    ReturnApplicationSerializer,
    ReviewApplicationSerializer,
)
from core.api import Act, Endpoint, NothingSerializer, Reading, ReadingMany

APPLICATION_READERS = (Permission.MANAGE_ORGANISATIONS, Permission.READ_TRAIL, Permission.MANAGE_SEATS)
_READ, _DECIDE = {"GET": APPLICATION_READERS}, {"POST": (Permission.MANAGE_ORGANISATIONS,)}
_EVERYBODY = (Permission.READ_CATALOGUE,)
_LICENCES = Prefetch(
    "licences",
    ApplicationLicence.objects.filter(replaced_at=None).defer("document").order_by("pk"),
    to_attr="current_licences",
)


class OfApplications(Endpoint):
    """What the seat may see of applications."""

    serializer_class = ApplicationSerializer

    def seen(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.seat).with_people().prefetch_related(_LICENCES)


class Applications(OfApplications, ReadingMany):
    """Applications to take part, the latest first."""

    model = Application
    permissions = _READ
    filterset_fields = ("status", "kind", "credit_code")

    def rows(self) -> QuerySet[Application]:
        return self.seen().order_by("-pk")


class OfAnApplication(OfApplications):
    """Of the application at the address; answers with it as it is then."""

    def load(self, reference: str, **_where: Any) -> Application:
        return self.one(self.seen(), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OneApplication(OfAnApplication, Reading):
    """One application: what was said, with its licences, and how it stands."""

    permissions = _READ


class LicenceFile(Reading):
    """A licence of an application as it was uploaded."""

    permissions = _READ
    serializer_class = LicenceFileSerializer

    def load(self, reference: str, sha256: str) -> ApplicationLicence:
        application = self.one(Application.objects.visible_to(self.seat), reference=reference)
        found = ApplicationLicence.objects.filter(application=application, sha256=sha256).order_by("pk")[:1]
        return self.one(ApplicationLicence.objects.filter(pk__in=found))


class ReviewApplication(OfAnApplication, Act):
    """Look first, and recommend; another person decides."""

    permissions, fresh = _DECIDE, ("POST",)
    takes = ReviewApplicationSerializer

    def act(self, application: Application, asked: Any) -> Application:
        return actions.review_application(application=application, **asked.validated_data, **self.by)


class ReturnApplication(OfAnApplication, Act):
    """Ask back; the applicant is written to."""

    permissions, fresh = _DECIDE, ("POST",)
    takes = ReturnApplicationSerializer

    def act(self, application: Application, asked: Any) -> Application:
        return actions.return_application(application=application, **asked.validated_data, **self.by)


class RefuseApplication(OfAnApplication, Act):
    """Decide that an applicant is not admitted, as another person than the one who looked first."""

    permissions, fresh = _DECIDE, ("POST",)
    takes = RefuseApplicationSerializer

    def act(self, application: Application, asked: Any) -> Application:
        return actions.refuse_application(application=application, **asked.validated_data, **self.by)


class AdmitApplication(OfAnApplication, Act):
    """Admit an applicant, as another person than the one who looked first; it is public at once."""

    permissions, fresh = _DECIDE, ("POST",)
    takes = NothingSerializer

    def act(self, application: Application, asked: Any) -> Application:
        return actions.admit_application(application=application, **self.by)


class Admissions(ReadingMany):
    """Who was admitted, the latest first, and until when everybody may object."""

    model = Application
    permissions = {"GET": _EVERYBODY}
    serializer_class = AdmissionSerializer
    filterset_fields = ("kind", "organisation__credit_code")

    def rows(self) -> QuerySet[Application]:
        return Application.objects.published().order_by("-pk")


class ObjectToAdmission(Act):
    """Object to an admission, until the last day for it."""

    permissions = {"POST": _EVERYBODY}
    takes = ObjectToAdmissionSerializer
    serializer_class = AdmissionObjectionSerializer
    status = 201

    def load(self, reference: str) -> Application:
        return self.one(Application.objects.published(), reference=reference)

    def act(self, application: Application, asked: Any) -> AdmissionObjection:
        return actions.object_to_admission(application=application, **asked.validated_data, **self.by)


class OfObjections(Endpoint):
    """What the seat may see of objections to admissions."""

    serializer_class = AdmissionObjectionSerializer

    def seen(self) -> QuerySet[AdmissionObjection]:
        return AdmissionObjection.objects.visible_to(self.seat).with_parties()


class AdmissionObjections(OfObjections, ReadingMany):
    """Objections to admissions, the latest first."""

    model = AdmissionObjection
    permissions = {"GET": _EVERYBODY}
    filterset_fields = ("status", "application__reference")

    def rows(self) -> QuerySet[AdmissionObjection]:
        return self.seen().order_by("-pk")


class OfAnAdmissionObjection(OfObjections):
    def load(self, reference: str) -> AdmissionObjection:
        return self.one(self.seen(), reference=reference)


class OneAdmissionObjection(OfAnAdmissionObjection, Reading):
    """One objection, and its answer."""

    permissions = {"GET": _EVERYBODY}


class AnswerAdmissionObjection(OfAnAdmissionObjection, Act):
    """Answer an objection, as neither who admitted nor who objects; upheld suspends the organisation at once."""

    permissions, fresh = _DECIDE, ("POST",)
    takes = AnswerAdmissionObjectionSerializer

    def act(self, objection: AdmissionObjection, asked: Any) -> AdmissionObjection:
        return actions.answer_admission_objection(objection=objection, **asked.validated_data, **self.by)


_ONE, _OBJECTION = "applications/<str:reference>/", "admissions/objections/<str:reference>/"
urlpatterns = [
    path("applications/", Applications.as_view(), name="api-applications"),
    path(_ONE, OneApplication.as_view(), name="api-application"),
    path(f"{_ONE}licences/<str:sha256>/", LicenceFile.as_view(), name="api-licence-file"),
    path(f"{_ONE}review/", ReviewApplication.as_view(), name="api-review-application"),
    path(f"{_ONE}return/", ReturnApplication.as_view(), name="api-return-application"),
    path(f"{_ONE}refuse/", RefuseApplication.as_view(), name="api-refuse-application"),
    path(f"{_ONE}admit/", AdmitApplication.as_view(), name="api-admit-application"),
    path("admissions/", Admissions.as_view(), name="api-admissions"),
    path("admissions/objections/", AdmissionObjections.as_view(), name="api-admission-objections"),
    path(_OBJECTION, OneAdmissionObjection.as_view(), name="api-admission-objection"),
    path(f"{_OBJECTION}answer/", AnswerAdmissionObjection.as_view(), name="api-answer-admission-objection"),
    path("admissions/<str:reference>/object/", ObjectToAdmission.as_view(), name="api-object-to-admission"),
]
