"""What programs ask: maps of the site, pictures for social networks."""

from django.urls import path, re_path

from tertia.tell.site import views

urlpatterns = [
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:kind>-<int:number>.xml", views.sitemap, name="sitemap"),
    re_path(r"^share/(?P<pk>\d{1,18})-(?P<code>kk|ru|en)\.png$", views.share, name="share"),
]
