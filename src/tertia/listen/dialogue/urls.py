from django.urls import path

from tertia.listen.dialogue.views import desk, hall, results, taking_part

urlpatterns = [
    path("conversations/", taking_part.conversation_list, name="conversations"),
    path("conversations/new/", desk.conversation_new, name="conversation_new"),
    path("conversations/<slug:slug>/", taking_part.conversation, name="conversation"),
    path("conversations/<slug:slug>/vote/", taking_part.vote, name="conversation_vote"),
    path("conversations/<slug:slug>/say/", taking_part.say_own, name="conversation_say"),
    path("conversations/<slug:slug>/mine/", taking_part.mine, name="conversation_mine"),
    path("conversations/<slug:slug>/results/", results.results, name="conversation_results"),
    path("conversations/<slug:slug>/statements/", results.statements, name="conversation_statements"),
    path("conversations/<slug:slug>/data/<str:name>", results.data, name="conversation_data"),
    path("conversations/<slug:slug>/desk/", desk.desk, name="conversation_desk"),
    path("conversations/<slug:slug>/desk/<int:number>/", desk.statement, name="conversation_statement"),
    path("conversations/<slug:slug>/hall/", hall.hall, name="conversation_hall"),
    path("conversations/<slug:slug>/hall/live/", hall.live, name="conversation_live"),
]
