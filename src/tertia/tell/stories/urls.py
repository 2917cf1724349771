from django.urls import path

from tertia.tell.stories import views

urlpatterns = [
    path("stories/", views.stories, name="stories"),
    path("stories/feed.<slug:form>", views.story_feed, name="story_feed"),
    path("stories/desk/", views.stories_desk, name="stories_desk"),
    path("stories/new/", views.story_new, name="story_new"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("stories/<slug:slug>/translate/<str:code>/", views.story_translate, name="story_translate"),
    path("stories/<slug:slug>/change/", views.story_change, name="story_change"),
]
